-- Fails if a campaign's streams are not those of the latest scrape of its SFA URL's track, else of its link's track;
-- for a playlist and its aliases, the largest number.
with

campaign_playlists as (

    select * from {{ ref('campaign_playlists') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

songs as (

    select * from {{ ref('songs') }}
    where last_scraped_at is not null

),

playlist_streams as (

    select * from {{ ref('playlist_streams') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

chosen as (

    select distinct on (campaigns.campaign_id)
        campaigns.campaign_id,
        songs.track_id,
        songs.last_scraped_at
    from campaigns
    inner join songs on songs.track_id in (campaigns.sfa_track_id, campaigns.track_id)
    order by campaigns.campaign_id, songs.track_id = campaigns.sfa_track_id desc nulls last

),

scraped as (

    select
        chosen.campaign_id,
        coalesce(aliases.canonical_id, playlist_streams.playlist_id) as playlist_id,
        max(playlist_streams.streams) as streams
    from chosen
    inner join playlist_streams
        on
            chosen.track_id = playlist_streams.track_id
            and chosen.last_scraped_at = playlist_streams.scraped_at
            and playlist_streams.time_window = '28d'
    left join aliases on playlist_streams.playlist_id = aliases.playlist_id
    group by chosen.campaign_id, coalesce(aliases.canonical_id, playlist_streams.playlist_id)

)

select
    campaign_playlists.campaign_id,
    campaign_playlists.playlist_id,
    campaign_playlists.streams_28d,
    scraped.streams
from campaign_playlists
left join scraped using (campaign_id, playlist_id)
where campaign_playlists.streams_28d is distinct from scraped.streams
