with

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

claims as (

    select * from {{ ref('int_playlist_claims') }}

),

claimants as (

    select * from {{ ref('int_playlist_vendors') }}

),

aliases as (

    select * from {{ ref('int_playlist_aliases') }}

),

kinds as (

    select * from {{ ref('playlist_kinds') }}

),

claimed as (

    select
        playlist_id,
        mode() within group (order by name) as name,
        min(name_key) as name_key,
        min(curator) as curator,
        min(spotify_playlist_id) as spotify_playlist_id
    from claims
    group by playlist_id

),

seen_or_claimed as (

    select
        coalesce(observed.playlist_id, claimed.playlist_id) as playlist_id,
        coalesce(observed.name, claimed.name) as name,
        coalesce(observed.name_key, claimed.name_key) as name_key,
        coalesce(observed.curator, claimed.curator) as curator,
        claimed.spotify_playlist_id
    from observed
    full join claimed using (playlist_id)

),

-- Playlists that only the seed of aliases names.
named_by_aliases as (

    select distinct on (aliases.canonical_id)
        aliases.canonical_id as playlist_id,
        aliases.name,
        aliases.name_key,
        aliases.curator,
        null::text as spotify_playlist_id
    from aliases
    inner join seen_or_claimed using (playlist_id)
    left join seen_or_claimed as canonical on aliases.canonical_id = canonical.playlist_id
    where canonical.playlist_id is null
    order by aliases.canonical_id, aliases.name

),

known as (

    select * from seen_or_claimed
    union all
    select * from named_by_aliases

)

-- The longest pattern that fits gives the kind: `%` is for a curator's other playlists.
select distinct on (known.playlist_id)
    known.*,
    claimants.vendor_id,
    claimants.playlist_id is not null as is_claimed,
    coalesce(kinds.kind, case when claimants.playlist_id is not null then 'vendor' else 'other' end) as kind
from known
left join claimants using (playlist_id)
left join kinds on known.curator = kinds.curator and known.name_key like kinds.name_pattern
order by known.playlist_id asc, length(kinds.name_pattern) desc nulls last, kinds.kind
