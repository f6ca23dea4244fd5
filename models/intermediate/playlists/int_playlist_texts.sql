{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['playlists']}],
) }}

-- depends_on: {{ ref('stg_airtable__files') }}

with

cells as (

    select distinct playlists from {{ ref('stg_airtable__contents') }} as contents
    where playlists is not null {{ unless_known('playlists', 'contents') }}

),

-- Materialized so that each line is cleaned once, however often it is used below.
lines as materialized (

    select
        cells.playlists,
        split.position,
        {{ claim_line('split.line') }} as line,
        {{ line_number(claim_line('split.line')) }} as line_number
    from cells
    cross join {{ split_lines('cells.playlists') }} as split (line, position)

),

-- Numbers are those of a list if it begins with the first: `24. Stunde` alone is a name. A bullet alone holds nothing.
filled as (

    select
        *,
        line_number is not null and min(line_number) over (partition by playlists) = 1 as is_numbered
    from lines
    where line !~ '^[ "''“”*_•·–—-]*$'

),

read as (

    select
        playlists,
        position,
        line,
        is_numbered or {{ is_claim('line') }} as is_claim,
        {{ claim_text('line', 'is_numbered') }} as text
    from filled

)

select * from read
