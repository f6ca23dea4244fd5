{%- set live_campaigns = load_relation(api.Relation.create(target.database, target.schema, "campaigns")) -%}

with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

cells as (

    select
        file_sha256,
        source_row,
        ({{ sfa_ids('is_sfa_received_cell') }})[1] as artist_id,
        ({{ sfa_ids('is_sfa_received_cell') }})[2] as track_id
    from {{ ref('stg_airtable__campaigns') }}

),

roster_songs as (

    select * from {{ ref('stg_spotify__roster_songs') }}
    where track_id is not null

),

found as (

    {% if live_campaigns -%}
    -- What the ledger knows, whoever put it there, stays.
    select
        campaign_id,
        ({{ sfa_ids('sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('sfa_url') }})[2] as track_id,
        sfa_source,
        0 as preference,
        created_at as found_at
    from {{ live_campaigns }}
    where {{ sfa_ids('sfa_url') }} is not null

    union all

    {% endif -%}
    select
        sightings.campaign_id,
        cells.artist_id,
        cells.track_id,
        'export' as sfa_source,
        1 as preference,
        exports.loaded_at as found_at
    from sightings
    inner join cells using (file_sha256, source_row)
    inner join exports using (file_sha256)
    where cells.track_id is not null

    union all

    select
        campaigns.campaign_id,
        roster_songs.artist_id,
        roster_songs.track_id,
        'roster' as sfa_source,
        2 as preference,
        roster_songs.scraped_at as found_at
    from campaigns
    inner join roster_songs
        on
            campaigns.name_key = roster_songs.campaign_key
            and campaigns.label_key = roster_songs.label_key

)

-- What is known wins, then what a person put into an export, then the page found first.
select distinct on (campaign_id)
    campaign_id,
    artist_id,
    track_id,
    {{ sfa_url('artist_id', 'track_id') }} as sfa_url,
    coalesce(sfa_source, 'typed') as sfa_source
from found
order by campaign_id, preference, found_at, artist_id, track_id
