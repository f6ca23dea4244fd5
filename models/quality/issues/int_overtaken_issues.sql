with

sightings as (

    select * from {{ ref('int_issue_sightings') }}

),

newest_rows as (

    select * from {{ ref('int_newest_rows') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

-- A window that could not be read takes nothing away.
windows as (

    select * from {{ ref('stg_spotify__windows') }}
    where is_read

),

roster_pages as (

    select
        file_sha256,
        label,
        scraped_at
    from {{ ref('stg_spotify__roster_songs') }}
    union distinct
    select
        file_sha256,
        label,
        scraped_at
    from {{ ref('stg_spotify__roster_candidates') }}

),

known_columns as (

    select distinct unnest(column_names) as column_name from newest_rows

),

-- An issue of a campaign, and the newer row that has the cell, too.
overtaken_rows as (

    select
        sightings.issue_id,
        sightings.file_sha256,
        min(newest_rows.loaded_at) as overtaken_at
    from sightings
    inner join newest_rows
        on sightings.campaign_id = newest_rows.campaign_id and sightings.export_rank < newest_rows.export_rank
    left join known_columns using (column_name)
    where known_columns.column_name is null or sightings.column_name = any(newest_rows.column_names)
    group by sightings.issue_id, sightings.file_sha256

),

latest_scrapes as (

    select
        track_id,
        time_window,
        max(scraped_at) as scraped_at
    from windows
    group by track_id, time_window

),

-- The windows that an issue names, of which none is the latest of its song.
overtaken_windows as (

    select
        sightings.issue_id,
        sightings.file_sha256
    from sightings
    inner join latest_scrapes
        on sightings.track_id = latest_scrapes.track_id and sightings.place ~ latest_scrapes.time_window
    where sightings.campaign_id is null
    group by sightings.issue_id, sightings.file_sha256, sightings.scraped_at
    having sightings.scraped_at < min(latest_scrapes.scraped_at)

),

latest_searches as (

    select
        label,
        max(scraped_at) as scraped_at
    from roster_pages
    group by label

),

-- The label of a roster that a later search has looked for again.
overtaken_labels as (

    select
        sightings.issue_id,
        sightings.file_sha256
    from sightings
    inner join roster_pages
        on sightings.file_sha256 = roster_pages.file_sha256 and sightings.subject = 'roster ' || roster_pages.label
    inner join latest_searches
        on roster_pages.label = latest_searches.label and roster_pages.scraped_at < latest_searches.scraped_at
    group by sightings.issue_id, sightings.file_sha256

),

-- An export whose cells of this column are overtaken for most of its campaigns.
overtaken_files as (

    select
        sightings.issue_id,
        sightings.file_sha256
    from sightings
    inner join exports using (file_sha256)
    cross join
        lateral (
            select count(*) as row_count
            from newest_rows
            where
                newest_rows.file_sha256 = sightings.file_sha256
                and not exists (
                    select 1 from newest_rows as newer
                    where
                        newer.campaign_id = newest_rows.campaign_id
                        and newer.export_rank > newest_rows.export_rank
                        and (sightings.column_name is null or sightings.column_name = any(newer.column_names))
                )
        ) as standing
    where sightings.campaign_id is null and standing.row_count * 2 < exports.record_count

)

select
    issue_id,
    file_sha256,
    overtaken_at
from overtaken_rows
union all
select
    issue_id,
    file_sha256,
    null
from overtaken_windows
union all
select
    issue_id,
    file_sha256,
    null
from overtaken_labels
union all
select
    issue_id,
    file_sha256,
    null
from overtaken_files
