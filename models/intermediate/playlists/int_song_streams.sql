{{ config(
    materialized='read_once', files='stg_spotify__files', by_file=false,
    unique_key=['track_id', 'playlist_id', 'time_window'],
    indexes=[{'columns': ['track_id', 'playlist_id', 'time_window'], 'unique': true}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_spotify__files') }} as scrapes
    where {{ is_unread('scrapes') }}

),

-- Of one scrape that two files or rows show, what `playlist_streams` keeps: the larger number.
new_rows as (

    select distinct on (track_id, playlist_id, time_window, scraped_at)
        track_id,
        playlist_id,
        time_window,
        scraped_at,
        streams,
        date_added
    from {{ ref('int_playlist_rows') }}
    where file_sha256 = any(array(select file_sha256 from files))
    order by
        track_id asc, playlist_id asc, time_window asc, scraped_at asc, streams desc nulls last, rank asc,
        file_sha256 asc, position asc

),

sightings as (

    select
        *,
        false as is_known
    from new_rows

    {% if is_incremental() -%}
    /*known*/
    union all
    select
        known.track_id,
        known.playlist_id,
        known.time_window,
        known.last_scraped_at,
        known.streams,
        known.first_date_added,
        true
    from {{ this }} as known
    where
        exists (
            select 1 from new_rows
            where
                new_rows.track_id = known.track_id
                and new_rows.playlist_id = known.playlist_id
                and new_rows.time_window = known.time_window
        )
    /*known*/
    {%- endif %}

)

select
    track_id,
    playlist_id,
    time_window,
    max(scraped_at) as last_scraped_at,
    (array_agg(streams order by scraped_at desc, is_known desc))[1] as streams,
    min(date_added) as first_date_added
from sightings
group by track_id, playlist_id, time_window
