{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

roster_candidates as (

    select * from {{ source('staging_spotify', 'roster_candidates') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

cleaned as (

    select
        -- ids
        roster_candidates.file_sha256::text as file_sha256,
        roster_candidates.position,
        ({{ sfa_ids('roster_candidates.sfa_url') }})[1] as artist_id,
        ({{ sfa_ids('roster_candidates.sfa_url') }})[2] as track_id,

        -- text
        {{ text_key('roster_candidates.campaign') }} as campaign_key,
        {{ text_key('roster_candidates.label') }} as label_key,
        {{ collapse_whitespace('roster_candidates.campaign') }} as campaign,
        {{ collapse_whitespace('roster_candidates.label') }} as label,
        {{ collapse_whitespace('roster_candidates.artist') }} as artist,
        {{ collapse_whitespace('roster_candidates.song') }} as song,
        roster_candidates.sfa_url::text as sfa_url_cell,

        -- numbers
        case
            when roster_candidates.score ~ '^[0-9]{1,3}([.][0-9]{1,20})?$' then roster_candidates.score::numeric(7, 4)
        end as score,

        -- times
        {{ parse_scraped_at('roster_candidates.scraped_at') }} as scraped_at,
        files.loaded_at
    from roster_candidates
    inner join files using (file_sha256, run_key)

)

select * from cleaned
