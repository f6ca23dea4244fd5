-- depends_on: {{ ref('playlists') }}
-- depends_on: {{ ref('songs') }}

with

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}

),

{% if is_incremental() -%}
new_files as (

    select file_sha256 from {{ ref('stg_spotify__files') }} as files
    where not exists (select 1 from {{ this }} as known where known.file_sha256 = files.file_sha256)

),

{% endif -%}
identified as (

    select
        playlist_rows.*,
        {{ playlist_id('playlist_rows.name', 'playlist_rows.curator') }} as playlist_id
    from playlist_rows
    {% if is_incremental() -%}
    inner join new_files using (file_sha256)
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
    rank::integer as rank,
    date_added,
    file_sha256,
    now() as created_at,
    now() as updated_at
from identified
order by track_id, playlist_id, time_window, scraped_at, streams desc nulls last, rank, file_sha256
