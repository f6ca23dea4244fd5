with

files as (

    select * from {{ source('staging_airtable', 'files') }}

),

loads as (

    select * from {{ source('staging_airtable', '_dlt_loads') }}

),

-- What a person said last about the order of day and month in a file, and its newest change by that order.
typed_orders as (

    select distinct on (file_sha256)
        file_sha256::text as file_sha256,
        date_order::text as date_order,
        newest_change::text as newest_change
    from {{ source('staging_airtable', 'date_orders') }}
    order by file_sha256 asc, decided_at desc

),

start_dates as (

    select * from {{ ref('date_orders') }}
    where column_name = 'start_date'

),

change_times as (

    select * from {{ ref('date_orders') }}
    where column_name = 'last_modified'

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
        case
            when typed_orders.file_sha256 is null then files.newest_change else typed_orders.newest_change
        end::timestamp as newest_change_at,
        typed_orders.date_order as typed_date_order,
        start_dates.date_order as start_date_order,
        start_dates.dot_order as start_date_dot_order,
        coalesce(start_dates.reason in ('mixed', 'against_known'), false) as has_weak_start_dates,
        change_times.date_order as last_modified_order,
        change_times.dot_order as last_modified_dot_order,
        coalesce(change_times.reason in ('mixed', 'against_known'), false) as has_weak_change_times,
        files.file_bytes,
        coalesce(files.is_older::boolean, false) as is_older,
        files.record_count,
        files.rejected_count,
        files.loaded_at
    from files
    inner join loads on files._dlt_load_id = loads.load_id and loads.status = 0
    left join typed_orders on files.file_sha256 = typed_orders.file_sha256
    left join start_dates on files.file_sha256 = start_dates.file_sha256
    left join change_times on files.file_sha256 = change_times.file_sha256

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
    md5(row(
        coverage, columns, start_date_order, start_date_dot_order, has_weak_start_dates, last_modified_order,
        last_modified_dot_order, has_weak_change_times
    )::text) as form_id,
    md5(row(
        run_key, coverage, columns, start_date_order, start_date_dot_order, has_weak_start_dates, last_modified_order,
        last_modified_dot_order, has_weak_change_times, shown_at
    )::text) as version,
    row_number() over (order by shown_at asc nulls first, loaded_at asc, file_sha256 asc) as export_rank
from dated
