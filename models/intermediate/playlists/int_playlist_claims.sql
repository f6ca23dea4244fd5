with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

claimed as (

    select * from {{ ref('int_playlist_lines') }}
    where name is not null

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

sfa_urls as (

    select * from {{ ref('int_sfa_urls') }}

),

song_playlists as materialized (

    select * from {{ ref('int_song_playlists') }}

),

claims as materialized (

    select distinct on (campaigns.campaign_id, claimed.name_key)
        campaigns.campaign_id,
        vendor_labels.vendor_id,
        claimed.name,
        claimed.name_key,
        claimed.spotify_playlist_id,
        sfa_urls.track_id as sfa_track_id,
        campaigns.track_id
    from campaigns
    inner join claimed using (playlists)
    left join vendor_labels using (vendor)
    left join sfa_urls using (campaign_id)
    order by campaigns.campaign_id, claimed.name_key, claimed.spotify_playlist_id is null, claimed.position

),

-- Few songs of claims were scraped: materialized, so that the others are left out before anything is sorted.
claims_on_songs as materialized (

    select
        claims.campaign_id,
        claims.name_key,
        tracks.preference,
        tracks.track_id
    from claims
    cross join lateral (values (claims.sfa_track_id, 1), (claims.track_id, 2)) as tracks (track_id, preference)
    where tracks.track_id in (select track_id from song_playlists)

),

-- A vendor names the playlist and not its curator: it is the one that the campaign's own song was seen on.
seen_on_song as (

    select
        claims_on_songs.campaign_id,
        claims_on_songs.name_key,
        claims_on_songs.preference,
        array_agg(distinct song_playlists.curator order by song_playlists.curator) as curators
    from claims_on_songs
    inner join song_playlists using (track_id, name_key)
    group by claims_on_songs.campaign_id, claims_on_songs.name_key, claims_on_songs.preference

),

own as (

    select distinct on (campaign_id, name_key) * from seen_on_song
    order by campaign_id, name_key, preference

),

-- Only where it was seen on none, the one of that name anywhere. Of several none is chosen.
chosen as (

    select
        claims.*,
        case when cardinality(fitting.curators) = 1 then fitting.curators[1] end as curator,
        case when cardinality(fitting.curators) > 1 then array_to_string(fitting.curators, ', ', 'nobody') end
            as rival_curators
    from claims
    left join own using (campaign_id, name_key)
    left join {{ ref('int_playlist_names') }} as names on claims.name_key = names.name_key
    cross join lateral (values (coalesce(own.curators, names.curators))) as fitting (curators)

)

select
    campaign_id,
    vendor_id,
    name,
    name_key,
    curator,
    rival_curators,
    spotify_playlist_id,
    {{ playlist_id_of_keys('name_key', 'curator') }} as playlist_id
from chosen
