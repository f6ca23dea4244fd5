{#- How many rows the files hold is hidden from the planner, and a nested loop over them would be its guess. -#}
{{ config(pre_hook="set local enable_nestloop = off") }}

with

-- Without the dates, which take as long to read as all else.
playlist_rows as (

    select
        file_sha256,
        position,
        time_window,
        name_cell,
        made_by_cell,
        is_name_alone,
        streams_cell,
        rank,
        streams
    from {{ ref('stg_spotify__playlist_rows') }}

),

scraped_playlists as (

    select * from {{ ref('int_playlist_spellings') }}

),

playlist_streams as (

    select * from {{ ref('playlist_streams') }}

),

identified as (

    select
        playlist_rows.*,
        scraped_playlists.name,
        scraped_playlists.playlist_id
    from playlist_rows
    inner join scraped_playlists using (name_cell, made_by_cell, is_name_alone)

),

crowded as (

    select
        file_sha256,
        time_window,
        playlist_id
    from identified
    group by file_sha256, time_window, playlist_id
    having count(*) > 1

),

-- The order in which `playlist_streams` chooses: all but the first of a window are not in it.
numbered as (

    select
        *,
        row_number() over (
            partition by file_sha256, time_window, playlist_id
            order by streams desc nulls last, rank asc, position asc
        ) as nth
    from identified
    inner join crowded using (file_sha256, time_window, playlist_id)

),

-- One scrape that was saved twice with other bytes: history has the rows of one of the files.
in_another_file as (

    select * from identified
    where
        not exists (
            select 1 from playlist_streams
            where
                playlist_streams.file_sha256 = identified.file_sha256
                and playlist_streams.time_window = identified.time_window
                and playlist_streams.playlist_id = identified.playlist_id
        )

),

left_out as (

    select
        file_sha256,
        time_window,
        position,
        name,
        streams_cell
    from numbered
    where nth > 1
    union distinct
    select
        file_sha256,
        time_window,
        position,
        name,
        streams_cell
    from in_another_file

),

repeated as (

    select
        file_sha256,
        'window ' || time_window || ', row ' || position as place,
        'streams' as column_name,
        name || ': ' || coalesce(streams_cell, '') as raw_value,
        'repeated_playlist' as reason
    from left_out

),

unread as (

    select
        file_sha256,
        'window ' || time_window || ', row ' || position as place,
        'streams' as column_name,
        name_cell || ': ' || coalesce(streams_cell, '') as raw_value,
        'streams_unread' as reason
    from playlist_rows
    where streams is null

),

contents as (

    select
        file_sha256,
        time_window,
        md5(string_agg(concat_ws('|', rank, name_cell, streams_cell), chr(10) order by position)) as content
    from playlist_rows
    group by file_sha256, time_window

),

equal_windows as (

    select
        file_sha256,
        'windows ' || string_agg(time_window, ' and ' order by time_window) as place,
        'time_window' as column_name,
        string_agg(time_window, ' = ' order by time_window) as raw_value,
        'equal_windows' as reason
    from contents
    group by file_sha256, content
    having count(*) > 1

)

select * from repeated
union all
select * from unread
union all
select * from equal_windows
