{#- Not a view: two threads that rebuild tables under one view deadlock when both drop it with its parents. -#}
{#- No nested loop: the planner's count of issues is from before this run, and each cell would be compared with all. -#}
{{ config(materialized='table', contract={'enforced': false}, pre_hook="set local enable_nestloop = off") }}

with

cells_of_contents as (

    select
        content_id,
        column_name,
        raw_value
    from {{ ref('int_unparsed_cells') }}
    union all
    select
        content_id,
        column_name,
        raw_value
    from {{ ref('int_piece_issues') }}

),

-- By the newest row that has the cell. A date's file decides how it is read.
unparsed as (

    select
        seen_contents.campaign_id,
        seen_contents.last_file_sha256 as file_sha256,
        seen_contents.last_source_row as source_row,
        cells.column_name,
        cells.raw_value
    from {{ ref('int_seen_contents') }} as seen_contents
    inner join cells_of_contents as cells using (content_id)
    union all
    select
        campaign_id,
        file_sha256,
        source_row,
        column_name,
        raw_value
    from {{ ref('int_unread_dates') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

newest_rows as (

    select * from {{ ref('int_newest_rows') }}

),

-- A cell that a newer row of its campaign has, too, may be a mended issue.
cells as (

    select
        unparsed.file_sha256,
        files.file_name as source_file,
        unparsed.source_row,
        unparsed.column_name,
        unparsed.raw_value,
        unparsed.campaign_id,
        bool_or(newest_rows.campaign_id is not null) as is_overtaken
    from unparsed
    inner join files using (file_sha256)
    left join newest_rows
        on
            unparsed.campaign_id = newest_rows.campaign_id
            and files.export_rank < newest_rows.export_rank
            and unparsed.column_name = any(newest_rows.column_names)
    group by 1, 2, 3, 4, 5, 6

),

reported as (

    select
        campaign_id,
        file_sha256,
        column_name,
        raw_value,
        reason,
        true as is_open
    from {{ ref('data_issues') }}
    union all
    select
        campaign_id,
        file_sha256,
        column_name,
        raw_value,
        reason,
        false
    from {{ ref('resolved_issues') }}

)

-- Reported means that an issue has the whole text, up to its whitespace, or that one is about the whole column: another
-- issue about the same cell does not count.
select
    file_sha256,
    source_file,
    source_row,
    column_name,
    raw_value
from cells
where
    not exists (
        select 1 from reported
        where
            reported.campaign_id = cells.campaign_id
            and reported.column_name = cells.column_name
            and reported.raw_value in (cells.raw_value, {{ collapse_whitespace('cells.raw_value') }})
            and (reported.is_open or cells.is_overtaken)
    )
    and not exists (
        select 1 from reported
        where
            reported.file_sha256 = cells.file_sha256
            and reported.column_name = cells.column_name
            and reported.reason = 'column_unread'
    )
