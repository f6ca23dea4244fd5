with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

sfa_urls as (

    select * from {{ ref('int_sfa_urls') }}

),

windows as (

    select * from {{ ref('stg_spotify__windows') }}

),

scrapes as (

    select
        track_id,
        max(artist_id) as artist_id,
        max(scraped_at) filter (where is_read) as last_scraped_at,
        max(scraped_at) filter (where is_read and time_window = '7d') as scraped_7d_at,
        max(scraped_at) filter (where is_read and time_window = '28d') as scraped_28d_at,
        max(scraped_at) filter (where is_read and time_window = '12m') as scraped_12m_at
    from windows
    group by track_id

),

-- One page per track: the one of its earliest campaign.
pages as (

    select distinct on (track_id) * from sfa_urls
    order by track_id, campaign_id

),

tracks as (

    select track_id from campaigns
    where track_id is not null
    union distinct
    select track_id from pages
    union distinct
    select track_id from scrapes

)

select
    tracks.track_id,
    coalesce(pages.artist_id, scrapes.artist_id) as artist_id,
    coalesce(pages.sfa_url, {{ sfa_url('scrapes.artist_id', 'tracks.track_id') }}) as sfa_url,
    coalesce(pages.sfa_source, case when scrapes.artist_id is not null then 'scrape' end) as sfa_source,
    scrapes.last_scraped_at,
    scrapes.scraped_7d_at,
    scrapes.scraped_28d_at,
    scrapes.scraped_12m_at
from tracks
left join pages using (track_id)
left join scrapes using (track_id)
