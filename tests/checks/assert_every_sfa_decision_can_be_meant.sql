-- Fails if a row of `seeds/sfa_decisions.csv` names no campaign, client or page, or if two rows contradict each
-- other: a page decided twice, or two pages accepted for one campaign.
with

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

counted as (

    select
        *,
        count(*) over (partition by campaign_key, label_key, track_id) as times,
        count(*) filter (where decision = 'accepted') over (partition by campaign_key, label_key) as pages
    from decisions

)

select
    campaign_key,
    label_key,
    sfa_url_cell,
    decision,
    case
        when campaign_key is null or label_key is null then 'names no campaign or no client'
        when track_id is null then 'is no page of a song on Spotify for Artists'
        when times > 1 then 'is decided twice'
        else 'is one of several accepted pages'
    end as problem
from counted
where
    campaign_key is null
    or label_key is null
    or track_id is null
    or times > 1
    or (decision = 'accepted' and pages > 1)
