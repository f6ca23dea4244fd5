with

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

claims as (

    select distinct
        claims.campaign_id,
        coalesce(aliases.canonical_id, claims.playlist_id) as playlist_id
    from {{ ref('int_playlist_claims') }} as claims
    left join aliases on claims.playlist_id = aliases.playlist_id

),

campaign_streams as (

    select * from {{ ref('int_campaign_streams') }}

)

select
    campaign_id,
    playlist_id,
    campaign_streams.streams_7d,
    campaign_streams.streams_28d,
    campaign_streams.streams_12m,
    campaign_streams.date_added,
    campaign_streams.scraped_at,
    claims.campaign_id is not null as is_claimed,
    campaign_streams.campaign_id is not null as is_observed,
    now() as created_at,
    now() as updated_at
from claims
full join campaign_streams using (campaign_id, playlist_id)
