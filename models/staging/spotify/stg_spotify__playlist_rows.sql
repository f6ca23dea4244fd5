{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

scraped_playlists as (

    select * from {{ source('staging_spotify', 'scraped_playlists') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

cleaned as (

    select
        -- ids
        scraped_playlists.file_sha256::text as file_sha256,
        scraped_playlists.track_id::text as track_id,
        scraped_playlists.position,

        -- text
        {{ time_window('scraped_playlists.window_name') }} as time_window,
        scraped_playlists.name::text as name_cell,
        coalesce(scraped_playlists.made_by::text, '') as made_by_cell,
        scraped_playlists.schema_version is not null as is_name_clean,
        scraped_playlists.streams::text as streams_cell,
        scraped_playlists.rank::text as rank_cell,
        scraped_playlists.date_added::text as date_added_cell,

        -- numbers
        {{ parse_shown_rank('scraped_playlists.rank') }} as rank,
        {{ parse_shown_count('scraped_playlists.streams') }} as streams,

        -- booleans
        case scraped_playlists.is_personalized when 'true' then true when 'false' then false end as is_personalized,

        -- dates and times
        {{ parse_shown_date(
            'scraped_playlists.date_added', parse_scraped_at('scraped_playlists.scraped_at') ~ '::date'
        ) }} as date_added,
        {{ parse_scraped_at('scraped_playlists.scraped_at') }} as scraped_at
    from scraped_playlists
    inner join files using (file_sha256, run_key)

)

select * from cleaned
