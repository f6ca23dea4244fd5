with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

spellings as (

    select * from {{ ref('int_playlist_spellings') }}

)

select
    playlist_rows.*,
    spellings.name,
    spellings.curator,
    spellings.playlist_id
from playlist_rows
inner join spellings using (name_cell, made_by_cell, is_name_clean)
