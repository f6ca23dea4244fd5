with

songs as (

    select * from {{ ref('int_songs') }}

)

select
    track_id,
    artist_id,
    sfa_url,
    sfa_source,
    last_scraped_at,
    scraped_7d_at,
    scraped_28d_at,
    scraped_12m_at,
    now() as created_at,
    now() as updated_at
from songs
