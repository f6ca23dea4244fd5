with

files as (

    select * from {{ ref('stg_airtable__files') }}

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'file' as place,
    null::text as column_name,
    encoding as raw_value,
    'encoding_assumed' as reason
from files
where encoding like '%(assumed)'
