{#- The planner cannot know how many rows are new, and would choose a nested loop. -#}
{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
    pre_hook="set local enable_nestloop = off",
) }}

with

files as (

    select file_sha256 from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

playlist_rows as materialized (

    select * from {{ ref('int_playlist_rows') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

playlist_streams as (

    select * from {{ ref('playlist_streams') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

-- In the order of preference of `playlist_streams`, which keeps the first of a window.
ranked as (

    select
        *,
        row_number() over (
            partition by file_sha256, time_window, playlist_id
            order by streams desc nulls last, rank asc, position asc
        ) as preference
    from playlist_rows

),

-- The others, and rows of a scrape that was saved twice with different bytes: the ledger has those of one file.
left_out as (

    select ranked.*
    from ranked
    left join playlist_streams using (file_sha256, time_window, playlist_id)
    where ranked.preference > 1 or playlist_streams.file_sha256 is null

),

issues as (

    {% for column, name, is_unread in [
        ("streams", "streams", "streams is null"),
        ("rank", "rank", "rank is null and not " ~ is_nothing('rank_cell')),
        ("date", "date_added", is_unread_date('date_added_cell', 'scraped_at::date')),
    ] -%}
    select
        file_sha256,
        time_window,
        position,
        '{{ name }}' as column_name,
        name_cell || ': ' || coalesce({{ name }}_cell, '') as raw_value,
        '{{ column }}_unread' as reason
    from playlist_rows
    where {{ is_unread }}
    union all
    {% endfor -%}
    select
        file_sha256,
        time_window,
        position,
        case when {{ is_cut_name('name') }} then 'name' else 'curator' end,
        case when {{ is_cut_name('name') }} then name_cell else made_by_cell end,
        'name_too_long'
    from playlist_rows
    where {{ is_cut_name('name') }} or {{ is_cut_name('curator') }}
    union all
    select
        file_sha256,
        time_window,
        position,
        'streams',
        name || ': ' || coalesce(streams_cell, ''),
        'repeated_playlist'
    from left_out

)

select * from issues
