with

records as (

    select * from {{ ref('stg_airtable__rejected_records') }}
    union all
    select * from {{ ref('stg_spotify__rejected_records') }}

)

select distinct on (record_id)
    md5(concat_ws('|', file_sha256, place, reason, raw_text))::uuid as record_id,
    file_name as source_file,
    file_kind,
    source_row,
    place,
    reason,
    raw_text,
    loaded_at,
    now() as created_at,
    now() as updated_at
from records
order by record_id, source_row
