with

campaign_playlists as (

    select * from {{ ref('campaign_playlists') }}

),

-- Two playlists seen on one page are two.
near_names as (

    select * from {{ ref('int_playlist_pairs') }}
    where name_score >= 95 and not is_seen_side_by_side

),

-- Which of a pair is the claimed one is not known: both are tried.
pairs as (

    select
        playlist_id_a as playlist_id,
        playlist_id_b as seen_playlist_id,
        name_score
    from near_names
    union all
    select
        playlist_id_b,
        playlist_id_a,
        name_score
    from near_names

)

select distinct on (claimed.campaign_id, claimed.playlist_id)
    claimed.campaign_id,
    claimed.playlist_id,
    seen.playlist_id as seen_playlist_id,
    pairs.name_score
from campaign_playlists as claimed
inner join pairs using (playlist_id)
inner join campaign_playlists as seen
    on claimed.campaign_id = seen.campaign_id and pairs.seen_playlist_id = seen.playlist_id
where claimed.is_claimed and not claimed.is_observed and seen.is_observed
order by claimed.campaign_id asc, claimed.playlist_id asc, pairs.name_score desc, seen.playlist_id asc
