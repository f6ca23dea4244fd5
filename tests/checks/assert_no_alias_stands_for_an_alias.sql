-- Fails if a seed maps an alias to a name that is an alias itself: the result would be ambiguous.
with

aliases as (

    {% for seed in ["client_aliases", "salesperson_aliases", "vendor_aliases"] -%}
    select
        'seeds/{{ seed }}.csv' as seed,
        {{ text_key('alias') }} as alias_key,
        {{ text_key('name') }} as name_key
    from {{ ref(seed) }}
    union all
    {% endfor -%}
    select
        'seeds/playlist_aliases.csv',
        playlist_id::text,
        canonical_id::text
    from {{ ref('int_playlist_aliases') }}

)

select
    aliases.seed,
    aliases.alias_key,
    aliases.name_key
from aliases
inner join aliases as others on aliases.seed = others.seed and aliases.name_key = others.alias_key
where aliases.alias_key <> aliases.name_key and others.alias_key <> others.name_key
