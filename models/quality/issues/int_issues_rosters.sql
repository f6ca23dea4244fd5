with

roster_songs as (

    select * from {{ ref('stg_spotify__roster_songs') }}

),

roster_candidates as (

    select * from {{ ref('stg_spotify__roster_candidates') }}

),

-- Each name once: the pages are joined with it, where `not exists` beside an `or` searches all campaigns for each page.
named_campaigns as (

    select distinct
        name_key,
        coalesce(label_key, '') as label_key
    from {{ ref('int_campaigns') }}

),

pages as (

    select
        file_sha256,
        'song ' || position || ' of ' || label as place,
        campaign,
        campaign_key,
        label_key,
        sfa_url_cell,
        track_id
    from roster_songs
    union all
    select
        file_sha256,
        'candidate ' || position || ' of ' || label,
        campaign,
        campaign_key,
        label_key,
        sfa_url_cell,
        track_id
    from roster_candidates

)

select
    pages.file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    pages.place,
    'sfa_url' as column_name,
    pages.campaign || ': ' || pages.sfa_url_cell as raw_value,
    case when pages.track_id is null then 'not_an_sfa_url' else 'roster_song_unmatched' end as reason
from pages
left join named_campaigns
    on pages.campaign_key = named_campaigns.name_key and coalesce(pages.label_key, '') = named_campaigns.label_key
where pages.track_id is null or named_campaigns.name_key is null
