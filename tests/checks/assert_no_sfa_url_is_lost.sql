-- Fails if an SFA URL that an export, the roster or a review names for a campaign is neither its own nor reported.
with

candidates as (

    select
        campaign_id,
        artist_id,
        track_id,
        sfa_url_cell
    from {{ ref('int_found_sfa_urls') }}
    union all
    select
        known.campaign_id,
        decisions.artist_id,
        decisions.track_id,
        decisions.sfa_url_cell
    from {{ ref('int_sfa_decisions') }} as decisions
    inner join {{ ref('int_campaigns') }} as known
        on decisions.campaign_key = known.name_key and decisions.label_key = known.label_key
    where decisions.decision = 'accepted'

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
