{#- Not a view: two threads that rebuild tables under one view deadlock when both drop it with its parents. -#}
{#- No nested loop: the planner's count of issues is from before this run, and each cell would be compared with all. -#}
{{ config(materialized='table', contract={'enforced': false}, pre_hook="set local enable_nestloop = off") }}

with

unparsed as (

    select
        file_sha256,
        source_row,
        column_name,
        raw_value
    from {{ ref('int_unparsed_cells') }}
    union all
    select
        file_sha256,
        source_row,
        column_name,
        raw_value
    from {{ ref('int_issues_pieces') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

data_issues as (

    select * from {{ ref('data_issues') }}

)

-- Reported means that an issue has the whole text, up to its whitespace, or that one is about the whole column: another
-- issue about the same cell does not count.
select
    unparsed.file_sha256,
    files.file_name as source_file,
    unparsed.source_row,
    unparsed.column_name,
    unparsed.raw_value
from unparsed
inner join files using (file_sha256)
where
    not exists (
        select 1 from data_issues
        where
            data_issues.file_sha256 = unparsed.file_sha256
            and data_issues.source_row = unparsed.source_row
            and data_issues.column_name = unparsed.column_name
            and data_issues.raw_value in (unparsed.raw_value, {{ collapse_whitespace('unparsed.raw_value') }})
    )
    and not exists (
        select 1 from data_issues
        where
            data_issues.file_sha256 = unparsed.file_sha256
            and data_issues.column_name = unparsed.column_name
            and data_issues.reason = 'column_unread'
    )
