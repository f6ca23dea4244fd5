with

vendors as (

    select * from {{ ref('vendors') }}

),

similar_names as (

    select * from {{ ref('int_similar_names') }}
    where kind = 'vendor'

),

-- Without vendors that no campaign names any more: they are aliases now.
histories as (

    select
        campaigns.vendor_id,
        array_agg(distinct campaign_playlists.playlist_id) filter (where campaign_playlists.is_claimed) as playlist_ids
    from {{ ref('campaigns') }} as campaigns
    left join {{ ref('campaign_playlists') }} as campaign_playlists using (campaign_id)
    where campaigns.vendor_id is not null
    group by campaigns.vendor_id

),

compared as (

    select
        one.vendor_id as vendor_id_a,
        two.vendor_id as vendor_id_b,
        one.name as name_a,
        two.name as name_b,
        similar_names.name_score,
        case when one.email = two.email then one.email end as address,
        {{ count_in_common('past_one.playlist_ids', 'past_two.playlist_ids') }} as playlists
    from vendors as one
    inner join vendors as two on one.vendor_id < two.vendor_id
    inner join histories as past_one on one.vendor_id = past_one.vendor_id
    inner join histories as past_two on two.vendor_id = past_two.vendor_id
    left join similar_names on one.vendor_id = similar_names.id_a and two.vendor_id = similar_names.id_b
    where
        similar_names.is_rejected is not true
        and (similar_names.id_a is not null or one.email = two.email)

),

scored as (

    select
        *,
        {{ combined_score(
            "greatest(0.95 * name_score, case when address is not null then 60 end)",
            [
                "case when name_score is not null and address is not null then 0.6 else 0 end",
                evidence_weight("playlists"),
            ],
        ) }} as score
    from compared

)

select
    vendor_id_a,
    vendor_id_b,
    name_a,
    name_b,
    score,
    concat_ws(
        '; ',
        {{ similarity_text('name_score') }},
        'shared address ' || address,
        {{ common_count_text('playlists', 'playlist') }}
    ) as evidence,
    now() as created_at,
    now() as updated_at
from scored
where score >= case when address is null then 80 else 60 end
