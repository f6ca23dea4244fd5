with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

-- Parsed once per spelling: a playlist occurs in thousands of rows.
spellings as (

    select
        name_cell,
        made_by_cell,
        is_name_clean,
        max(scraped_at) as last_scraped_at
    from playlist_rows
    group by name_cell, made_by_cell, is_name_clean

),

parsed as (

    select
        *,
        {{ scraped_playlist_name('name_cell', 'made_by_cell', 'is_name_clean') }} as name,
        {{ curator('made_by_cell') }} as curator
    from spellings

),

shortened as (

    select
        name_cell,
        made_by_cell,
        is_name_clean,
        last_scraped_at,
        {{ short_name('name') }} as name,
        {{ short_name('curator') }} as curator
    from parsed

)

select
    name_cell,
    made_by_cell,
    is_name_clean,
    last_scraped_at,
    name,
    {{ text_key('name') }} as name_key,
    curator,
    {{ playlist_id('name', 'curator') }} as playlist_id
from shortened
