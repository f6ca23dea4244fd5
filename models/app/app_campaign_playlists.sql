{{ config(alias='campaign_playlists') }}

with

campaign_playlists as (

    select * from {{ ref('campaign_playlists') }}

),

playlists as (

    select * from {{ ref('playlists') }}

)

select
    campaign_playlists.campaign_id,
    playlists.name as playlist_name,
    playlists.curator as playlist_curator,
    campaign_playlists.streams_28d,
    campaign_playlists.streams_7d,
    campaign_playlists.streams_12m,
    to_char(campaign_playlists.date_added, 'Mon FMDD, YYYY') as date_added,
    playlists.kind = 'algorithmic' as is_algorithmic,
    playlists.vendor_id
from campaign_playlists
inner join playlists using (playlist_id)
