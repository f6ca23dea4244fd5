with

-- Without the dates, which take as long to parse as all other columns.
playlist_rows as (

    select
        file_sha256,
        time_window,
        position,
        name_cell,
        rank,
        streams,
        streams_cell
    from {{ ref('stg_spotify__playlist_rows') }}

),

unparsed_streams as (

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

),

issues as (

    select * from unparsed_streams
    union all
    select * from equal_windows

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    place,
    column_name,
    raw_value,
    reason
from issues
