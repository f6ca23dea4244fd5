with

observed as (

    select * from {{ ref('int_observed_playlists') }}

),

claims as (

    select * from {{ ref('int_playlist_claims') }}

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
        mode() within group (order by vendor_id) as vendor_id,
        min(spotify_playlist_id) as spotify_playlist_id
    from claims
    group by playlist_id

),

known as (

    select
        coalesce(observed.playlist_id, claimed.playlist_id) as playlist_id,
        coalesce(observed.name, claimed.name) as name,
        coalesce(observed.name_key, claimed.name_key) as name_key,
        coalesce(observed.curator, claimed.curator) as curator,
        claimed.vendor_id,
        claimed.spotify_playlist_id,
        claimed.playlist_id is not null as is_claimed
    from observed
    full join claimed using (playlist_id)

),

-- The longest pattern that fits says the kind: `%` is what a curator's other playlists are.
classified as (

    select distinct on (known.playlist_id)
        known.*,
        coalesce(kinds.kind, case when known.is_claimed then 'vendor' else 'other' end) as kind
    from known
    left join kinds on known.curator = kinds.curator and known.name_key like kinds.name_pattern
    order by known.playlist_id asc, length(kinds.name_pattern) desc nulls last, kinds.kind

)

select * from classified
