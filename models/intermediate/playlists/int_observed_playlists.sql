with

scraped_playlists as (

    select * from {{ ref('int_playlist_spellings') }}

)

-- A playlist is called as its latest scrape calls it.
select distinct on (playlist_id)
    playlist_id,
    name,
    name_key,
    curator
from scraped_playlists
order by playlist_id asc, last_scraped_at desc, name asc, curator asc
