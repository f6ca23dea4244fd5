{%- set live_campaigns = load_relation(api.Relation.create(target.database, target.schema, "campaigns")) -%}

with

candidates as (

    select * from {{ ref('int_sfa_candidates') }}

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
        case sfa_source when 'export' then 1 else 2 end as preference,
        found_at
    from candidates

)

-- What is known wins, then what a person put into an export, then the page found first.
select distinct on (campaign_id)
    campaign_id,
    artist_id,
    track_id,
    {{ sfa_url('artist_id', 'track_id') }} as sfa_url,
    sfa_source
from found
order by campaign_id, preference, found_at, artist_id, track_id
