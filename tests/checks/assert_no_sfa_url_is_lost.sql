-- Fails if an SFA URL from an export, a roster result or a review is neither the campaign's own nor reported as an
-- issue.
with

found as (

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

issues as (

    select
        campaign_id,
        raw_value
    from {{ ref('data_issues') }}
    where reason = 'sfa_url_differs'
    union distinct
    select
        campaign_id,
        raw_value
    from {{ ref('resolved_issues') }}
    where reason = 'sfa_url_differs'

)

select found.*
from found
left join campaigns using (campaign_id)
left join issues
    on
        found.campaign_id = issues.campaign_id
        and found.sfa_url_cell || ' instead of ' || campaigns.sfa_url = issues.raw_value
where
    campaigns.sfa_url is distinct from {{ sfa_url('found.artist_id', 'found.track_id') }}
    and {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[found.artist_id, found.track_id]
    and issues.campaign_id is null
