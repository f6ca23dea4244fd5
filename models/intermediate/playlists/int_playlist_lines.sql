with

cells as (

    select distinct playlists from {{ ref('stg_airtable__campaigns') }}
    where playlists is not null

),

-- Materialized so that each line is cleaned once, however often it is used below.
lines as materialized (

    select
        cells.playlists,
        split.position,
        {{ collapse_whitespace('split.line') }} as line
    from cells
    cross join {{ split_lines('cells.playlists') }} as split (line, position)

),

-- A bullet alone holds nothing. A line without a dash, a quote or a link is no claim and is reported as an issue.
parsed as (

    select
        playlists,
        position,
        line,
        case when {{ is_claim('line') }} then {{ claimed_name('line') }} end as name,
        substring(line from 'open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?playlist/([0-9A-Za-z]{22})') as spotify_playlist_id
    from lines
    where line ~ '[^ "''“•–-]'

),

-- A bare link has no name: its address is the name until somebody types one.
named as (

    select
        playlists,
        position,
        line,
        coalesce({{ short_name('name') }}, 'https://open.spotify.com/playlist/' || spotify_playlist_id) as name,
        spotify_playlist_id
    from parsed

)

select
    playlists,
    position,
    line,
    name,
    {{ text_key('name') }} as name_key,
    spotify_playlist_id
from named
