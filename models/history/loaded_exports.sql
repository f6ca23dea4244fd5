with

exports as (

    select * from {{ ref('stg_airtable__files') }}

)

select
    file_sha256,
    file_name,
    export_rank,
    coverage,
    is_older,
    record_count,
    rejected_count,
    loaded_at
from exports
