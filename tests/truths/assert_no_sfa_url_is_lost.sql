-- Fails if an SFA URL that an export or the roster names for a campaign is neither the campaign's nor reported.
with

candidates as (

    select * from {{ ref('int_sfa_candidates') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

data_issues as (

    select * from {{ ref('data_issues') }}
    where reason = 'sfa_url_differs'

)

select candidates.*
from candidates
left join campaigns using (campaign_id)
left join data_issues
    on
        candidates.campaign_id = data_issues.campaign_id
        and candidates.sfa_url_cell || ' instead of ' || campaigns.sfa_url = data_issues.raw_value
where
    campaigns.sfa_url is distinct from {{ sfa_url('candidates.artist_id', 'candidates.track_id') }}
    and {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[candidates.artist_id, candidates.track_id]
    and data_issues.issue_id is null
