with

files as (

    select * from {{ source('staging_airtable', 'files') }}

),

loads as (

    select * from {{ source('staging_airtable', '_dlt_loads') }}

),

-- The rows of a load that was killed belong to no finished load.
finished as (

    select
        files.file_sha256::text as file_sha256,
        files.run_key::text as run_key,
        files.file_name::text as file_name,
        files.file_kind::text as file_kind,
        files.encoding::text as encoding,
        files.delimiter::text as delimiter,
        files.columns::jsonb as columns,
        coalesce(files.coverage::text, 'full') as coverage,
        files.newest_change::timestamp as newest_change_at,
        files.file_bytes,
        coalesce(files.is_older::boolean, false) as is_older,
        files.record_count,
        files.rejected_count,
        files.loaded_at
    from files
    inner join loads on files._dlt_load_id = loads.load_id and loads.status = 0

),

-- An export is at least as new as every change loaded before it, unless it was loaded as an older one.
dated as (

    select
        *,
        case
            when is_older then newest_change_at
            else max(newest_change_at) over (order by loaded_at, file_sha256)
        end as shown_at
    from finished

)

select
    *,
    row_number() over (order by shown_at asc nulls first, loaded_at asc, file_sha256 asc) as export_rank
from dated
