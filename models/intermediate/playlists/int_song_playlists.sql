with

song_streams as (

    select * from {{ ref('int_song_streams') }}

),

observed as (

    select * from {{ ref('int_observed_playlists') }}

)

-- Those that a vendor can have placed it on: a playlist of Spotify's own cannot be sold.
select distinct
    song_streams.track_id,
    observed.name_key,
    observed.curator
from song_streams
inner join observed using (playlist_id)
where observed.curator is distinct from 'Spotify'
