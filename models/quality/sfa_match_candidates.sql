with

near_matches as (

    select * from {{ ref('int_sfa_near_matches') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

pages as (

    select
        sfa_url,
        count(*) as campaigns
    from campaigns
    where sfa_url is not null
    group by sfa_url

)

select
    near_matches.campaign_id,
    campaigns.name as campaign,
    near_matches.client_cell as client,
    near_matches.sfa_url,
    near_matches.track_id,
    near_matches.artist,
    near_matches.song,
    near_matches.score,
    near_matches.found_at,
    concat_ws(
        '; ',
        case when campaigns.track_id = near_matches.track_id then 'the campaign links to this track' end,
        case
            when {{ text_key('campaigns.artist') }} = {{ text_key('near_matches.artist') }} then 'same artist'
            else 'another artist'
        end,
        case
            when {{ text_key('campaigns.song') }} = {{ text_key('near_matches.song') }} then 'same title'
            else 'another title'
        end,
        case when pages.campaigns = 1 then 'another campaign has this page' end,
        case when pages.campaigns > 1 then pages.campaigns || ' other campaigns have this page' end
    ) as evidence,
    now() as created_at,
    now() as updated_at
from near_matches
inner join campaigns using (campaign_id)
left join pages on near_matches.sfa_url = pages.sfa_url
where campaigns.sfa_url is null
