with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

roster_candidates as (

    select * from {{ ref('stg_spotify__roster_candidates') }}

),

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

-- A roster result names a campaign by its name and its whole Client cell.
proposed as (

    select
        campaigns.campaign_id,
        campaigns.name_key,
        campaigns.label_key,
        campaigns.client_cell,
        roster_candidates.artist_id,
        roster_candidates.track_id,
        roster_candidates.artist,
        roster_candidates.song,
        roster_candidates.score,
        roster_candidates.file_sha256,
        roster_candidates.position,
        roster_candidates.scraped_at as found_at,
        max(roster_candidates.scraped_at) over (partition by campaigns.campaign_id) as last_found_at
    from campaigns
    inner join roster_candidates
        on
            campaigns.name_key = roster_candidates.campaign_key
            and coalesce(campaigns.label_key, '') = coalesce(roster_candidates.label_key, '')
    where roster_candidates.track_id is not null

),

-- Only of the latest search: what an earlier one proposed is no longer on the roster, or no longer similar.
latest as (

    select * from proposed
    where found_at is not distinct from last_found_at

),

undecided as (

    select latest.*
    from latest
    where
        not exists (
            select 1 from decisions
            where
                decisions.campaign_key = latest.name_key
                and coalesce(decisions.label_key, '') = coalesce(latest.label_key, '')
                and decisions.track_id = latest.track_id
                and decisions.decision = 'rejected'
        )

)

select distinct on (campaign_id, artist_id, track_id)
    campaign_id,
    artist_id,
    track_id,
    {{ sfa_url('artist_id', 'track_id') }} as sfa_url,
    client_cell,
    artist,
    song,
    score,
    found_at
from undecided
order by campaign_id asc, artist_id asc, track_id asc, score desc nulls last, file_sha256 asc, position asc
