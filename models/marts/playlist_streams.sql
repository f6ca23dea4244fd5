{#- How many rows are new is hidden from the planner, and a nested loop over them would be its guess. -#}
{{ config(pre_hook="set local enable_nestloop = off") }}

-- depends_on: {{ ref('playlists') }}
-- depends_on: {{ ref('songs') }}

with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}
    {% if is_incremental() -%}
    where
        not exists (
            select 1 from {{ this }} as known
            where known.file_sha256 = stg_spotify__files.file_sha256
        )
    {%- endif %}

),

scraped_playlists as (

    select * from {{ ref('int_playlist_spellings') }}

),

identified as (

    select
        playlist_rows.*,
        scraped_playlists.playlist_id
    from playlist_rows
    inner join scraped_playlists using (name_cell, made_by_cell, is_name_alone)
    {% if is_incremental() -%}
    -- As an array: PostgreSQL then asks for new files before it reads a single row of the others.
    where playlist_rows.file_sha256 = any(array(select file_sha256 from files))
    {%- endif %}

)

-- Two playlists of one name and curator in one window cannot be told apart: the one with more streams is kept, the
-- other is reported.
select distinct on (track_id, playlist_id, time_window, scraped_at)
    track_id,
    playlist_id,
    time_window,
    scraped_at,
    streams,
    rank,
    date_added,
    file_sha256,
    now() as created_at,
    now() as updated_at
from identified
order by
    track_id asc, playlist_id asc, time_window asc, scraped_at asc, streams desc nulls last, rank asc, file_sha256 asc,
    position asc
