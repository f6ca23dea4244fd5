-- Fails if a playlist row of an accepted window is neither in the ledger with its streams and rank nor reported as
-- repeated, if the ledger has a row that its file lacks, or if a window has another number of rows than were loaded.
{{ config(meta={'checks_files_of': 'int_song_streams'}) }}
-- depends_on: {{ ref('int_song_streams') }}

with

files as materialized (

    select * from {{ ref('stg_spotify__files') }}
    where {{ is_unchecked('stg_spotify__files', 'int_song_streams') }}

),

windows as (

    select * from {{ ref('stg_spotify__windows') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

-- As they were loaded: a row that was read once may be gone since.
loaded as (

    select
        rows_of_file.file_sha256::text as file_sha256,
        {{ time_window('rows_of_file.window_name') }} as time_window,
        rows_of_file.position
    from {{ source('staging_spotify', 'scraped_playlists') }} as rows_of_file
    inner join files using (file_sha256, run_key)

),

playlist_rows as (

    select read_rows.*
    from {{ ref('stg_spotify__playlist_rows') }} as read_rows
    inner join loaded using (file_sha256, time_window, position)
    where file_sha256 = any(array(select file_sha256 from files))

),

scraped_playlists as (

    select * from {{ ref('int_playlist_spellings') }}

),

playlist_streams as (

    select * from {{ ref('playlist_streams') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

issues as (

    select issue_id from {{ ref('data_issues') }}
    union distinct
    select issue_id from {{ ref('resolved_issues') }}

),

reported as (

    select * from {{ ref('int_issue_sightings') }}
    inner join issues using (issue_id)
    where reason = 'repeated_playlist'

),

identified as (

    select
        playlist_rows.file_sha256,
        playlist_rows.time_window,
        playlist_rows.position,
        playlist_rows.name_cell,
        playlist_rows.streams,
        playlist_rows.rank,
        scraped_playlists.playlist_id
    from playlist_rows
    left join scraped_playlists using (name_cell, made_by_cell, is_name_clean)

),

-- A full join: the planner cannot know the number of rows, and would choose a nested loop.
different as (

    select
        file_sha256,
        time_window,
        identified.position,
        coalesce(identified.name_cell, playlist_id::text) as playlist
    from identified
    full join playlist_streams using (file_sha256, time_window, playlist_id)
    where
        identified.position is null
        or playlist_streams.track_id is null
        -- History is not rewritten: what an earlier version could not parse stays empty.
        or playlist_streams.streams <> identified.streams
        or playlist_streams.rank <> identified.rank

),

wrong_rows as (

    select
        different.*,
        case
            when different.position is null then 'in playlist_streams, and not in its file'
            else 'not in playlist_streams, nor reported as repeated'
        end as problem
    from different
    left join reported
        on
            different.file_sha256 = reported.file_sha256
            and 'window ' || different.time_window || ', row ' || different.position = reported.place
    where reported.file_sha256 is null

),

counts as (

    select
        file_sha256,
        time_window,
        count(*) as row_count
    from loaded
    group by file_sha256, time_window

),

wrong_windows as (

    select
        file_sha256,
        time_window,
        null::bigint as position,
        null as playlist,
        format('loaded with %s rows, and has %s', windows.playlist_count, coalesce(counts.row_count, 0)) as problem
    from windows
    full join counts using (file_sha256, time_window)
    where windows.playlist_count is distinct from coalesce(counts.row_count, 0)

),

wrong as (

    select * from wrong_rows
    union all
    select * from wrong_windows

)

select
    files.file_name,
    wrong.time_window,
    wrong.position,
    wrong.playlist,
    wrong.problem
from wrong
left join files using (file_sha256)
