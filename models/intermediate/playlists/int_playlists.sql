with

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

claims as (

    select * from {{ ref('int_playlist_claims') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

kinds as (

    select * from {{ ref('playlist_kinds') }}

),

own_claims as (

    select
        playlist_id,
        mode() within group (order by name) as name,
        min(name_key) as name_key,
        min(curator) as curator,
        min(spotify_playlist_id) as spotify_playlist_id
    from claims
    group by playlist_id

),

-- What vendors claim under an alias, they claim of the playlist that it stands for as well.
claimants as (

    select
        claimed.playlist_id,
        mode() within group (order by claims.vendor_id) as vendor_id
    from claims
    left join aliases using (playlist_id)
    cross join lateral (values (claims.playlist_id), (aliases.stands_for_id)) as claimed (playlist_id)
    group by claimed.playlist_id

),

seen as (

    select
        coalesce(observed.playlist_id, own_claims.playlist_id) as playlist_id,
        coalesce(observed.name, own_claims.name) as name,
        coalesce(observed.name_key, own_claims.name_key) as name_key,
        coalesce(observed.curator, own_claims.curator) as curator,
        own_claims.spotify_playlist_id
    from observed
    full join own_claims using (playlist_id)

),

-- A name that only a person gave.
given as (

    select distinct on (aliases.stands_for_id)
        aliases.stands_for_id as playlist_id,
        aliases.name,
        aliases.name_key,
        aliases.curator,
        null::text as spotify_playlist_id
    from aliases
    inner join seen using (playlist_id)
    left join seen as meant on aliases.stands_for_id = meant.playlist_id
    where meant.playlist_id is null
    order by aliases.stands_for_id, aliases.name

),

known as (

    select * from seen
    union all
    select * from given

),

-- The longest pattern that fits says the kind: `%` is what a curator's other playlists are.
classified as (

    select distinct on (known.playlist_id)
        known.*,
        claimants.vendor_id,
        claimants.playlist_id is not null as is_claimed,
        coalesce(kinds.kind, case when claimants.playlist_id is not null then 'vendor' else 'other' end) as kind
    from known
    left join claimants using (playlist_id)
    left join kinds on known.curator = kinds.curator and known.name_key like kinds.name_pattern
    order by known.playlist_id asc, length(kinds.name_pattern) desc nulls last, kinds.kind

)

select * from classified
