with

similar_names as (

    select * from {{ ref('int_similar_names') }}
    where kind = 'playlist' and not is_rejected

),

playlists as (

    select * from {{ ref('playlists') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

-- A curator may be missing in one of the two; a playlist of Spotify's own pairs only with another of Spotify's.
pairs as (

    select
        one.playlist_id as playlist_id_a,
        two.playlist_id as playlist_id_b,
        one.name as name_a,
        two.name as name_b,
        similar_names.name_score,
        coalesce(one.vendor_id = two.vendor_id, false) as is_vendor_shared
    from similar_names
    inner join playlists as one on similar_names.id_a = one.playlist_id
    inner join playlists as two on similar_names.id_b = two.playlist_id
    where
        one.curator is not distinct from two.curator
        or (one.curator is null and two.curator <> 'Spotify')
        or (two.curator is null and one.curator <> 'Spotify')

),

-- The aliases of a playlist belong to it.
members as (

    select
        playlists.playlist_id as member_id,
        coalesce(aliases.canonical_id, playlists.playlist_id) as playlist_id
    from playlists
    left join aliases on playlists.playlist_id = aliases.playlist_id
    where
        coalesce(aliases.canonical_id, playlists.playlist_id) in (
            select playlist_id_a from pairs
            union all
            select playlist_id_b from pairs
        )

),

sightings as (

    select
        members.playlist_id,
        array_agg(distinct seen.track_id) as track_ids,
        array_agg(distinct concat_ws(' ', seen.track_id, seen.time_window, seen.scraped_at)) as window_ids
    from members
    inner join {{ ref('playlist_streams') }} as seen on members.member_id = seen.playlist_id
    group by members.playlist_id

),

claims as (

    select
        campaign_playlists.playlist_id,
        array_agg(distinct tracks.track_id) as track_ids
    from {{ ref('campaign_playlists') }} as campaign_playlists
    inner join {{ ref('campaigns') }} as campaigns using (campaign_id)
    cross join lateral (values (campaigns.track_id), (campaigns.sfa_track_id)) as tracks (track_id)
    where
        campaign_playlists.is_claimed
        and tracks.track_id is not null
        and campaign_playlists.playlist_id in (
            select playlist_id_a from pairs
            union all
            select playlist_id_b from pairs
        )
    group by campaign_playlists.playlist_id

)

select
    pairs.*,
    {{ count_in_common(
        'array_cat(seen_one.track_ids, claims_one.track_ids)',
        'array_cat(seen_two.track_ids, claims_two.track_ids)',
    ) }} as songs,
    seen_one.playlist_id is not null and seen_two.playlist_id is not null as is_both_seen,
    coalesce(seen_one.window_ids && seen_two.window_ids, false) as is_seen_side_by_side
from pairs
left join sightings as seen_one on pairs.playlist_id_a = seen_one.playlist_id
left join sightings as seen_two on pairs.playlist_id_b = seen_two.playlist_id
left join claims as claims_one on pairs.playlist_id_a = claims_one.playlist_id
left join claims as claims_two on pairs.playlist_id_b = claims_two.playlist_id
