{#- The planner cannot know how many rows are new, and would choose a nested loop. -#}
{{ config(pre_hook="set local enable_nestloop = off") }}

with

new_files as (

    select file_sha256 from {{ ref('stg_spotify__files') }}
    {% if is_incremental() -%}
    /*known*/
    where
        not exists (
            select 1 from {{ this }} as known
            where known.file_sha256 = stg_spotify__files.file_sha256
        )
    /*known*/
    {%- endif %}

),

playlist_rows as (

    select * from {{ ref('int_playlist_rows') }}
    {% if is_incremental() -%}
    /*known*/
    -- As an array, so that PostgreSQL finds the new files before it reads any row.
    where file_sha256 = any(array(select file_sha256 from new_files))
    /*known*/
    {%- endif %}

)

-- Two playlists of one name and curator in one window cannot be told apart: the one with more streams is kept, the
-- other is reported as an issue.
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
from playlist_rows
order by
    track_id asc, playlist_id asc, time_window asc, scraped_at asc, streams desc nulls last, rank asc, file_sha256 asc,
    position asc
