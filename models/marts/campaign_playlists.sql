with

claims as (

    select distinct on (campaign_id, playlist_id)
        campaign_id,
        playlist_id
    from {{ ref('int_playlist_claims') }}

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
