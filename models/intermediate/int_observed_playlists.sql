with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

identified as (

    select
        name,
        curator,
        scraped_at,
        {{ playlist_id('name', 'curator') }} as playlist_id
    from playlist_rows

)

-- A playlist is called as its latest scrape calls it.
select distinct on (playlist_id)
    playlist_id,
    name,
    {{ text_key('name') }} as name_key,
    curator
from identified
order by playlist_id asc, scraped_at desc, name asc, curator asc
