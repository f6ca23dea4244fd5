{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

scraped_windows as (

    select * from {{ source('staging_spotify', 'scraped_windows') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

cleaned as (

    select
        -- ids
        scraped_windows.file_sha256::text as file_sha256,
        scraped_windows.track_id::text as track_id,
        ({{ sfa_ids('scraped_windows.url') }})[1] as artist_id,

        -- text
        {{ time_window('scraped_windows.window_name') }} as time_window,
        scraped_windows.title::text as title,
        scraped_windows.schema_version::text as schema_version,
        scraped_windows.extra::text as extra,

        -- numbers: 0 means not read
        nullif({{ parse_whole_number('scraped_windows.streams') }}, 0) as streams,
        nullif({{ parse_whole_number('scraped_windows.listeners') }}, 0) as listeners,
        scraped_windows.playlist_count,

        -- booleans: without rows, an old file does not tell an empty window from one that was not read
        scraped_windows.playlist_count > 0
        or scraped_windows.schema_version is not null
        or coalesce(scraped_windows.playlists_shown ~* '^\s*no playlists yet', false) as is_read,

        -- times
        {{ parse_scraped_at('scraped_windows.scraped_at') }} as scraped_at
    from scraped_windows
    inner join files using (file_sha256, run_key)

)

select * from cleaned
