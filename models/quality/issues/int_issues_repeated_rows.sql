{#- The planner cannot know how many rows the files hold, and would choose a nested loop. -#}
{{ config(pre_hook="set local enable_nestloop = off") }}

with

-- Without the dates, which take as long to parse as all other columns.
playlist_rows as (

    select
        file_sha256,
        time_window,
        position,
        playlist_id,
        name,
        rank,
        streams,
        streams_cell
    from {{ ref('int_playlist_rows') }}

),

playlist_streams as (

    select * from {{ ref('playlist_streams') }}

),

repeated as (

    select
        file_sha256,
        time_window,
        playlist_id
    from playlist_rows
    group by file_sha256, time_window, playlist_id
    having count(*) > 1

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
    inner join repeated using (file_sha256, time_window, playlist_id)

),

-- Rows of a scrape that was saved twice with different bytes: `playlist_streams` has those of one file.
in_another_file as (

    select * from playlist_rows
    where
        not exists (
            select 1 from playlist_streams
            where
                playlist_streams.file_sha256 = playlist_rows.file_sha256
                and playlist_streams.time_window = playlist_rows.time_window
                and playlist_streams.playlist_id = playlist_rows.playlist_id
        )

),

left_out as (

    select
        file_sha256,
        time_window,
        position,
        name,
        streams_cell
    from ranked
    where preference > 1
    union distinct
    select
        file_sha256,
        time_window,
        position,
        name,
        streams_cell
    from in_another_file

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'window ' || time_window || ', row ' || position as place,
    'streams' as column_name,
    name || ': ' || coalesce(streams_cell, '') as raw_value,
    'repeated_playlist' as reason
from left_out
