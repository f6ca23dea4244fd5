with

claims as (

    select * from {{ ref('int_playlist_claims') }}
    where rival_curators is not null

),

sightings as (

    select * from {{ ref('int_latest_sightings') }}

)

select
    sightings.file_sha256,
    sightings.source_row,
    claims.campaign_id,
    'row ' || sightings.source_row as place,
    'playlists' as column_name,
    claims.name || ' by ' || claims.rival_curators as raw_value,
    'claim_ambiguous' as reason
from claims
inner join sightings using (campaign_id)
