with

playlists as (

    select * from {{ ref('int_playlists') }}

)

select
    playlist_id,
    name,
    name_key,
    curator,
    kind,
    vendor_id,
    spotify_playlist_id,
    now() as created_at,
    now() as updated_at
from playlists
