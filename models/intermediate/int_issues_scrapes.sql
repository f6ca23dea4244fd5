with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

scraped_playlists as (

    select * from {{ ref('int_scraped_playlists') }}

),

ranked as (

    select
        playlist_rows.*,
        scraped_playlists.name,
        row_number() over (
            partition by track_id, playlist_id, time_window, scraped_at
            order by streams desc nulls last, rank asc, file_sha256 asc
        ) as nth
    from playlist_rows
    inner join scraped_playlists using (name_cell, made_by_cell, is_name_alone)

),

repeated as (

    select
        file_sha256,
        'window ' || time_window || ', row ' || position as place,
        'streams' as column_name,
        name || ': ' || coalesce(streams_cell, '') as raw_value,
        'repeated_playlist' as reason
    from ranked
    where nth > 1

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
