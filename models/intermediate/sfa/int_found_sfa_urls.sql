with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

sightings as (

    select * from {{ ref('int_seen_rows') }}

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}
    where sfa_track_id is not null

),

roster_songs as (

    select * from {{ ref('stg_spotify__roster_songs') }}

),

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

in_exports as (

    select
        sightings.campaign_id,
        contents.sfa_artist_id as artist_id,
        contents.sfa_track_id as track_id,
        'export' as sfa_source,
        sightings.file_sha256,
        sightings.source_row,
        contents.sfa_url_cell,
        exports.loaded_at at time zone 'UTC' as found_at
    from sightings
    inner join contents using (content_id)
    inner join exports using (file_sha256)

),

-- A roster result names a campaign by its name and its whole Client cell. Pages that a person rejected are left out.
in_rosters as (

    select
        campaigns.campaign_id,
        roster_songs.artist_id,
        roster_songs.track_id,
        'roster' as sfa_source,
        roster_songs.file_sha256,
        null::bigint as source_row,
        roster_songs.sfa_url_cell,
        roster_songs.scraped_at as found_at
    from campaigns
    inner join roster_songs
        on
            campaigns.name_key = roster_songs.campaign_key
            and coalesce(campaigns.label_key, '') = coalesce(roster_songs.label_key, '')
    where
        roster_songs.track_id is not null
        and not exists (
            select 1 from decisions
            where
                decisions.campaign_key = roster_songs.campaign_key
                and coalesce(decisions.label_key, '') = coalesce(roster_songs.label_key, '')
                and decisions.track_id = roster_songs.track_id
                and decisions.decision = 'rejected'
        )

)

select * from in_exports
union all
select * from in_rosters
