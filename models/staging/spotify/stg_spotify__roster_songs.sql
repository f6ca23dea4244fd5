{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

roster_songs as (

    select * from {{ source('staging_spotify', 'roster_songs') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

cleaned as (

    select
        -- ids
        roster_songs.file_sha256::text as file_sha256,
        roster_songs.position,
        ({{ sfa_ids('roster_songs.sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('roster_songs.sfa_url') }})[2] as track_id,

        -- text
        {{ text_key('roster_songs.campaign') }} as campaign_key,
        {{ text_key('roster_songs.label') }} as label_key,
        {{ collapse_whitespace('roster_songs.campaign') }} as campaign,
        {{ collapse_whitespace('roster_songs.label') }} as label,
        roster_songs.sfa_url::text as sfa_url_cell,

        -- times
        {{ parse_scraped_at('roster_songs.scraped_at') }} as scraped_at,
        files.loaded_at
    from roster_songs
    inner join files using (file_sha256, run_key)

)

select * from cleaned
