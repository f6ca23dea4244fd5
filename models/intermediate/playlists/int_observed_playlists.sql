with

spellings as (

    select * from {{ ref('int_playlist_spellings') }}

)

-- A playlist has the name that its latest scrape shows.
select distinct on (playlist_id)
    playlist_id,
    name,
    name_key,
    curator
from spellings
order by playlist_id asc, last_scraped_at desc, name asc, curator asc
