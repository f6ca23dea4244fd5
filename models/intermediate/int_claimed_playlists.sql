with

cells as (

    select distinct playlists from {{ ref('stg_airtable__campaigns') }}
    where playlists is not null

),

lines as (

    select
        cells.playlists,
        split.position,
        split.line
    from cells
    cross join {{ split_lines('cells.playlists') }} as split (line, position)
    where {{ is_claim('split.line') }}

),

read as (

    select
        playlists,
        position,
        {{ claimed_name('line') }} as name,
        substring(line from 'open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?playlist/([0-9A-Za-z]{22})') as spotify_playlist_id
    from lines

),

-- A bare link names no playlist: its address stands in for the name until somebody types one.
named as (

    select
        playlists,
        position,
        coalesce(name, 'https://open.spotify.com/playlist/' || spotify_playlist_id) as name,
        spotify_playlist_id
    from read
    where name is not null or spotify_playlist_id is not null

)

select
    playlists,
    position,
    name,
    {{ text_key('name') }} as name_key,
    spotify_playlist_id
from named
