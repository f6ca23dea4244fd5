{#- No view: two threads that build tables under one stop each other when both drop it with its parents. -#}
{#- And no nested loop: doubts that were counted before this run look few, and each cell would meet all of them. -#}
{{ config(materialized='table', contract={'enforced': false}, pre_hook="set local enable_nestloop = off") }}

with

unread as (

    select * from {{ ref('int_unparsed_cells') }}
    union all
    select * from {{ ref('int_unread_pieces') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

data_issues as (

    select * from {{ ref('data_issues') }}

)

-- Reported is what a doubt shows in full, up to its blanks: another doubt about the same cell does not speak for it.
select
    unread.file_sha256,
    files.file_name as source_file,
    unread.source_row,
    unread.column_name,
    unread.raw_value
from unread
inner join files using (file_sha256)
where
    not exists (
        select 1 from data_issues
        where
            data_issues.file_sha256 = unread.file_sha256
            and data_issues.source_row = unread.source_row
            and data_issues.column_name = unread.column_name
            and data_issues.raw_value in (unread.raw_value, {{ clean_text('unread.raw_value') }})
    )
