with

aliases as (

    select * from {{ ref('playlist_aliases') }}

),

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

-- As with claims: who else could be meant, when the curator himself has no playlist of the name.
curators as (

    select
        name_key,
        min(curator) as curator
    from observed
    where curator is distinct from 'Spotify'
    group by name_key
    having count(*) = 1

),

own as (

    select playlist_id from observed

),

named as (

    select
        {{ playlist_id('aliases.alias', 'aliases.curator') }} as playlist_id,
        {{ clean_text('aliases.name') }} as name,
        case
            when own.playlist_id is null and curators.name_key is not null then curators.curator
            else {{ clean_text('aliases.curator') }}
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
        {{ playlist_id('name', 'curator') }} as stands_for_id
    from named

)

select distinct on (playlist_id) * from identified
where playlist_id <> stands_for_id
order by playlist_id, stands_for_id
