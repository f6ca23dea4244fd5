with

claims as (

    select * from {{ ref('int_playlist_claims') }}
    where rival_curators is not null

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

)

select
    campaigns.file_sha256,
    campaigns.source_row,
    claims.campaign_id,
    'row ' || campaigns.source_row as place,
    'playlists' as column_name,
    claims.name || ' by ' || claims.rival_curators as raw_value,
    'claim_ambiguous' as reason
from claims
inner join campaigns using (campaign_id)
