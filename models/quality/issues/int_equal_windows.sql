with

windows as (

    select * from {{ ref('int_windows_in_force') }}
    where is_read

),

window_contents as (

    select * from {{ ref('int_window_contents') }}

),

contents as (

    select
        file_sha256,
        windows.track_id,
        windows.scraped_at,
        time_window,
        {{ window_days('time_window') }} as window_days,
        window_contents.streams,
        window_contents.content
    from windows
    inner join window_contents using (file_sha256, time_window)

),

longest as (

    select
        file_sha256,
        max(streams) as streams
    from contents
    group by file_sha256

)

-- A longer window with more streams shows that the song is older than all that are equal.
select
    contents.file_sha256,
    contents.track_id,
    contents.scraped_at,
    string_agg(contents.time_window, ' and ' order by contents.time_window) as place,
    string_agg(contents.time_window, ' = ' order by contents.time_window) as raw_value,
    min(contents.window_days) as shortest_days,
    max(contents.streams) < max(longest.streams) as has_longer
from contents
inner join longest using (file_sha256)
group by contents.file_sha256, contents.track_id, contents.scraped_at, contents.content
having count(*) > 1
