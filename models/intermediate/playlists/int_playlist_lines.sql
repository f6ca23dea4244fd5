{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['playlists']}],
) }}

-- depends_on: {{ ref('stg_airtable__files') }}

with

texts as (

    select * from {{ ref('int_playlist_texts') }} as read_texts
    where true {{ unless_known('playlists', 'read_texts') }}

),

-- What stands between the links of a line: of n links there are n + 1 pieces, empty ones too.
pieces as materialized (

    select
        texts.playlists,
        texts.position,
        texts.line,
        pieces.place,
        texts.is_claim,
        pieces.piece ~ '{{ other_link() }}' as has_other_link,
        count(*) over line - 1 as links,
        {{ claimed_name('pieces.piece', 'pieces.place > 1', 'pieces.place < count(*) over line') }} as name
    from texts
    cross join
        lateral regexp_split_to_table(texts.text, '{{ claimed_link() }}') with ordinality as pieces (piece, place)
    window line as (partition by texts.playlists, texts.position)

),

-- A name stands before its link, or behind it where the line begins with a link.
paired as (

    select
        *,
        place - case when min(place) filter (where name is not null) over line = 1 then 0 else 1 end as link_place
    from pieces
    window line as (partition by playlists, position)

),

links as (

    select
        texts.playlists,
        texts.position,
        found.place as link_place,
        found.ids[1] as spotify_playlist_id
    from texts
    cross join
        lateral regexp_matches(
            texts.text, '{{ claimed_link(true) }}', 'g'
        ) with ordinality as found (ids, place)

),

-- A bare link has no name: its address is the name until somebody types one.
named as (

    select
        paired.playlists,
        paired.position,
        paired.line,
        case
            when paired.links = 0 and paired.is_claim then {{ short_name('paired.name') }}
            when paired.link_place <= paired.links
                then
                    coalesce(
                        {{ short_name('paired.name') }},
                        'https://open.spotify.com/playlist/' || links.spotify_playlist_id
                    )
        end as name,
        links.spotify_playlist_id,
        paired.has_other_link
    from paired
    left join links using (playlists, position, link_place)
    where
        paired.links = 0
        or paired.link_place between 1 and paired.links
        or (paired.link_place > paired.links and paired.name is not null)
        or paired.has_other_link

)

select
    playlists,
    position,
    line,
    name,
    {{ text_key('name') }} as name_key,
    spotify_playlist_id,
    name is not null and not has_other_link as is_read
from named
