with

playlist_rows as (

    select * from {{ ref('int_playlist_rows') }}

),

observed as (

    select * from {{ ref('int_observed_playlists') }}

)

-- Those that a vendor can have placed it on: a playlist of Spotify's own cannot be sold.
select
    playlist_rows.track_id,
    observed.name_key,
    observed.curator
from playlist_rows
inner join observed using (playlist_id)
where observed.curator is distinct from 'Spotify'
