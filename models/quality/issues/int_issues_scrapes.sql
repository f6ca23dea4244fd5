with

windows as (

    select * from {{ ref('int_windows_in_force') }}
    where is_read

),

row_issues as (

    select * from {{ ref('int_scraped_row_issues') }}

)

-- A value that could not be read is told where it counts, in the window in force; what the ledger lacks, always.
select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'window ' || time_window || ', row ' || row_issues.position as place,
    row_issues.column_name,
    row_issues.raw_value,
    row_issues.reason
from row_issues
left join windows using (file_sha256, time_window)
where row_issues.reason in ('repeated_playlist', 'name_too_long') or windows.file_sha256 is not null
