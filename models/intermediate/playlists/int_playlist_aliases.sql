with

aliases as (

    select * from {{ ref('playlist_aliases') }}

),

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

-- The only other curator of the name is used if the alias's own curator has no playlist of that name.
curators as (

    select
        name_key,
        curators[1] as curator
    from {{ ref('int_playlist_names') }}
    where cardinality(curators) = 1

),

own as (

    select playlist_id from observed

),

named as (

    select
        {{ playlist_id('aliases.alias', 'aliases.curator') }} as playlist_id,
        {{ collapse_whitespace('aliases.name') }} as name,
        case
            when own.playlist_id is null and curators.name_key is not null then curators.curator
            else {{ collapse_whitespace('aliases.curator') }}
        end as curator
    from aliases
    left join own on {{ playlist_id('aliases.name', 'aliases.curator') }} = own.playlist_id
    left join curators on {{ text_key('aliases.name') }} = curators.name_key
    where {{ text_key('aliases.alias') }} is not null and {{ text_key('aliases.name') }} is not null

),

identified as (

    select
        playlist_id,
        name,
        {{ text_key('name') }} as name_key,
        curator,
        {{ playlist_id('name', 'curator') }} as canonical_id
    from named

)

select distinct on (playlist_id) * from identified
where playlist_id <> canonical_id
order by playlist_id, canonical_id
