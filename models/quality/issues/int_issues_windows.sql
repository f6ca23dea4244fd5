with

windows as (

    select * from {{ ref('int_windows_in_force') }}

),

equal_windows as (

    select * from {{ ref('int_equal_windows') }}

),

releases as (

    select
        file_sha256,
        min({{ parse_shown_date("extra::jsonb ->> 'release_date'", "scraped_at::date") }}) as released_on
    from {{ ref('stg_spotify__windows') }}
    where file_sha256 in (select file_sha256 from equal_windows)
    group by file_sha256

),

-- The earliest day on which the song is known to have been there.
evidence as (

    select
        equal_windows.track_id,
        least(playlist_streams.date_added, playlist_streams.scraped_at::date) as day
    from equal_windows
    inner join {{ ref('playlist_streams') }} using (track_id)
    union all
    select
        equal_windows.track_id,
        campaigns.start_date
    from equal_windows
    inner join {{ ref('campaigns') }}
        on equal_windows.track_id in (campaigns.track_id, campaigns.sfa_track_id)

),

ages as (

    select
        track_id,
        min(day) as known_since
    from evidence
    group by track_id

),

-- A song that is younger than the shorter window has the same streams in both.
doubtful as (

    select equal_windows.*
    from equal_windows
    left join releases using (file_sha256)
    left join ages using (track_id)
    where
        case
            when releases.released_on is null
                then equal_windows.has_longer or ages.known_since < equal_windows.scraped_at::date - shortest_days
            else releases.released_on < equal_windows.scraped_at::date - shortest_days
        end

),

-- Without rows, an older file does not tell an empty window from one that was not read.
unread as (

    select unread_windows.*
    from windows as unread_windows
    left join windows as read_windows
        on
            unread_windows.track_id = read_windows.track_id
            and unread_windows.time_window = read_windows.time_window
            and read_windows.is_read
            and unread_windows.scraped_at <= read_windows.scraped_at
    where not unread_windows.is_read and read_windows.track_id is null

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'windows ' || place as place,
    'time_window' as column_name,
    raw_value,
    'equal_windows' as reason
from doubtful
union all
select
    file_sha256,
    null,
    null,
    'window ' || time_window,
    'time_window',
    time_window || ' of ' || track_id,
    'window_unread'
from unread
