{%- set live_campaigns = load_relation(api.Relation.create(target.database, target.schema, "campaigns")) -%}

with

candidates as (

    select * from {{ ref('int_found_sfa_urls') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

found as (

    {% if live_campaigns -%}
    -- What the ledger knows, whoever put it there, stays.
    select
        campaign_id,
        ({{ sfa_ids('sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('sfa_url') }})[2] as track_id,
        coalesce(sfa_source, 'typed') as sfa_source,
        0 as preference,
        null::timestamp as found_at
    from {{ live_campaigns }}
    where {{ sfa_ids('sfa_url') }} is not null

    union all

    {% endif -%}
    select
        campaign_id,
        artist_id,
        track_id,
        sfa_source,
        case sfa_source when 'export' then 2 else 3 end as preference,
        found_at
    from candidates

    union all

    select
        campaigns.campaign_id,
        decisions.artist_id,
        decisions.track_id,
        'review' as sfa_source,
        1 as preference,
        decisions.decided_on::timestamp as found_at
    from campaigns
    inner join decisions
        on campaigns.name_key = decisions.campaign_key and campaigns.label_key = decisions.label_key
    where decisions.decision = 'accepted' and decisions.track_id is not null

)

-- What is known wins, then what a person accepted, then what a person put into an export, then the page found first.
select distinct on (campaign_id)
    campaign_id,
    artist_id,
    track_id,
    {{ sfa_url('artist_id', 'track_id') }} as sfa_url,
    sfa_source
from found
order by campaign_id, preference, found_at, artist_id, track_id
