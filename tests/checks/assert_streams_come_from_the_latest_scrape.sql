-- Fails if a campaign's streams in a window are not those of the latest scrape that read this window of its SFA URL's
-- track, else of its link's track; for a playlist and its aliases, the largest number.
{{ config(meta={'checks_files_of': 'int_song_streams'}) }}
-- depends_on: {{ ref('int_song_streams') }}

with

files as materialized (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unchecked('stg_spotify__files', 'int_song_streams') }}

),

touched as materialized (

    select distinct track_id from {{ ref('stg_spotify__windows') }}
    where file_sha256 in (select file_sha256 from files)

),

campaigns as (

    select * from {{ ref('campaigns') }}
    where track_id in (select track_id from touched) or sfa_track_id in (select track_id from touched)

),

campaign_playlists as (

    select * from {{ ref('campaign_playlists') }}
    where campaign_id in (select campaign_id from campaigns)

),

windows as (

    select * from {{ ref('stg_spotify__windows') }}
    where is_read

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

latest as (

    select
        track_id,
        time_window,
        max(scraped_at) as scraped_at
    from windows
    group by track_id, time_window

),

chosen as (

    select distinct on (campaigns.campaign_id, latest.time_window)
        campaigns.campaign_id,
        latest.*
    from campaigns
    inner join latest on latest.track_id in (campaigns.sfa_track_id, campaigns.track_id)
    order by
        campaigns.campaign_id asc, latest.time_window asc,
        latest.track_id = campaigns.sfa_track_id desc nulls last

),

-- By file: there is an index for that.
playlist_streams as (

    select * from {{ ref('playlist_streams') }}
    where
        file_sha256 = any(array(
            select windows.file_sha256 from windows
            inner join chosen using (track_id, time_window, scraped_at)
        ))

),

scraped as (

    select
        chosen.campaign_id,
        coalesce(aliases.canonical_id, playlist_streams.playlist_id) as playlist_id,
        chosen.time_window,
        max(playlist_streams.streams) as streams
    from chosen
    inner join playlist_streams using (track_id, time_window, scraped_at)
    left join aliases on playlist_streams.playlist_id = aliases.playlist_id
    group by chosen.campaign_id, coalesce(aliases.canonical_id, playlist_streams.playlist_id), chosen.time_window

),

held as (

    {% for time_window in ["7d", "28d", "12m"] -%}
    select
        campaign_id,
        playlist_id,
        '{{ time_window }}' as time_window,
        streams_{{ time_window }} as streams
    from campaign_playlists
    where streams_{{ time_window }} is not null
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    campaign_id,
    playlist_id,
    time_window,
    held.streams as held,
    scraped.streams as scraped
from held
full join scraped using (campaign_id, playlist_id, time_window)
where held.streams is distinct from scraped.streams
