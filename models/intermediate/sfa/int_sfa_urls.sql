{%- set live_campaigns = load_relation(api.Relation.create(target.database, target.schema, "campaigns")) -%}

with

found_urls as (

    select * from {{ ref('int_found_sfa_urls') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

/*known*/
{% if live_campaigns -%}
-- Materialized, so that an address is read once.
live_pages as materialized (

    select
        campaign_id,
        sfa_source,
        {{ sfa_ids('sfa_url') }} as ids
    from {{ live_campaigns }}
    where sfa_url is not null

),

{% endif -%}
/*known*/
choices as (

    /*known*/
    {% if live_campaigns -%}
    -- The one that the ledger has stays, whoever put it there.
    select
        campaign_id,
        ids[1] as artist_id,
        ids[2] as track_id,
        coalesce(sfa_source, 'typed') as sfa_source,
        0 as preference,
        null::timestamp as found_at
    from live_pages
    where ids is not null

    union all

    {% endif -%}
    /*known*/
    select
        campaign_id,
        artist_id,
        track_id,
        sfa_source,
        case sfa_source when 'export' then 2 else 3 end as preference,
        found_at
    from found_urls

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

-- The known one wins, then one that a person accepted, then one from an export, then the page found first.
select distinct on (campaign_id)
    campaign_id,
    artist_id,
    track_id,
    {{ sfa_url('artist_id', 'track_id') }} as sfa_url,
    sfa_source
from choices
order by campaign_id, preference, found_at, artist_id, track_id
