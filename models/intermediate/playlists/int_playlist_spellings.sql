{#- A hash index: the planner expects a few rows of a build's scrapes, and a cell can be too long for a B-tree. -#}
{{ config(
    materialized='read_once', files='stg_spotify__files', by_file=false,
    unique_key=['name_cell', 'made_by_cell', 'is_name_clean'],
    indexes=[{'columns': ['name_cell'], 'type': 'hash'}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

sightings as (

    select
        name_cell,
        made_by_cell,
        is_name_clean,
        scraped_at
    from {{ ref('stg_spotify__playlist_rows') }}
    where file_sha256 = any(array(select file_sha256 from files))

    {% if is_incremental() -%}
    /*known*/
    union all
    select
        name_cell,
        made_by_cell,
        is_name_clean,
        last_scraped_at
    from {{ this }}
    where exists (select 1 from files)
    /*known*/
    {%- endif %}

),

-- Parsed once per spelling: a playlist occurs in thousands of rows.
spellings as (

    select
        name_cell,
        made_by_cell,
        is_name_clean,
        max(scraped_at) as last_scraped_at
    from sightings
    group by name_cell, made_by_cell, is_name_clean

),

parsed as (

    select
        *,
        {{ scraped_playlist_name('name_cell', 'made_by_cell', 'is_name_clean') }} as name,
        {{ curator('made_by_cell') }} as curator
    from spellings

),

shortened as (

    select
        name_cell,
        made_by_cell,
        is_name_clean,
        last_scraped_at,
        {{ short_name('name') }} as name,
        {{ short_name('curator') }} as curator
    from parsed

)

select
    name_cell,
    made_by_cell,
    is_name_clean,
    last_scraped_at,
    name,
    {{ text_key('name') }} as name_key,
    curator,
    {{ playlist_id('name', 'curator') }} as playlist_id
from shortened
