with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

claimed as (

    select * from {{ ref('int_playlist_lines') }}
    where name is not null

),

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

-- A vendor names the playlist and not its curator. If scrapes know exactly one curator for the name, it is that one. A
-- playlist of Spotify's own cannot be sold, so a claim never means one.
curators as (

    select
        name_key,
        min(curator) as curator
    from observed
    where curator is distinct from 'Spotify'
    group by name_key
    having count(*) = 1

)

select distinct on (campaigns.campaign_id, claimed.name_key)
    campaigns.campaign_id,
    vendor_labels.vendor_id,
    claimed.name,
    claimed.name_key,
    curators.curator,
    claimed.spotify_playlist_id,
    {{ playlist_id('claimed.name', 'curators.curator') }} as playlist_id
from campaigns
inner join claimed using (playlists)
left join vendor_labels using (vendor)
left join curators on claimed.name_key = curators.name_key
order by campaigns.campaign_id, claimed.name_key, claimed.position
