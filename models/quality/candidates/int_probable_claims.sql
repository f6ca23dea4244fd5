with

campaign_playlists as (

    select * from {{ ref('campaign_playlists') }}

),

candidates as (

    select * from {{ ref('playlist_match_candidates') }}
    where score >= 95

),

-- Which of a pair is the claimed one is not known: both are tried.
pairs as (

    select
        playlist_id_a as playlist_id,
        playlist_id_b as seen_playlist_id,
        score
    from candidates
    union all
    select
        playlist_id_b,
        playlist_id_a,
        score
    from candidates

)

select distinct on (claimed.campaign_id, claimed.playlist_id)
    claimed.campaign_id,
    claimed.playlist_id,
    seen.playlist_id as seen_playlist_id,
    pairs.score
from campaign_playlists as claimed
inner join pairs using (playlist_id)
inner join campaign_playlists as seen
    on claimed.campaign_id = seen.campaign_id and pairs.seen_playlist_id = seen.playlist_id
where claimed.is_claimed and not claimed.is_observed and seen.is_observed
order by claimed.campaign_id asc, claimed.playlist_id asc, pairs.score desc, seen.playlist_id asc
