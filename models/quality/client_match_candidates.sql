with

clients as (

    select * from {{ ref('clients') }}

),

pairs as (

    select * from {{ ref('int_client_pairs') }}

),

histories as (

    select
        campaign_clients.client_id,
        array_agg(distinct campaigns.campaign_id) as campaign_ids,
        array_agg(distinct campaigns.track_id) filter (where campaigns.track_id is not null) as track_ids,
        array_agg(distinct campaigns.vendor_id) filter (where campaigns.vendor_id is not null) as vendor_ids
    from {{ ref('campaign_clients') }} as campaign_clients
    inner join {{ ref('campaigns') }} as campaigns using (campaign_id)
    group by campaign_clients.client_id

),

compared as (

    select
        pairs.*,
        {{ count_in_common('one.track_ids', 'two.track_ids') }} as tracks,
        {{ count_in_common('one.campaign_ids', 'two.campaign_ids') }} as campaigns,
        coalesce(one.vendor_ids && two.vendor_ids, false) as is_vendor_shared
    from pairs
    inner join histories as one on pairs.client_id_a = one.client_id
    inner join histories as two on pairs.client_id_b = two.client_id

),

-- A campaign that names both speaks against the match: whoever typed it knew two.
scored as (

    select
        *,
        {{ combined_score(
            "greatest(0.95 * name_score, case when address is not null then 60 end)",
            [
                "case when name_score is not null and address is not null then 0.6 else 0 end",
                evidence_weight("tracks"),
                "case when is_vendor_shared then 0.05 else 0 end",
            ],
        ) }} - case when campaigns > 0 then 30 else 0 end as score
    from compared

)

select
    scored.client_id_a,
    scored.client_id_b,
    one.name as name_a,
    two.name as name_b,
    scored.score,
    concat_ws(
        '; ',
        {{ similarity_text('scored.name_score') }},
        'shared address ' || scored.address,
        {{ common_count_text('scored.tracks', 'track') }},
        case when scored.is_vendor_shared then 'same vendor' end,
        case when scored.campaigns > 0 then 'but one campaign names both' end
    ) as evidence,
    now() as created_at,
    now() as updated_at
from scored
inner join clients as one on scored.client_id_a = one.client_id
inner join clients as two on scored.client_id_b = two.client_id
where scored.score >= case when scored.address is null then 80 else 60 end
