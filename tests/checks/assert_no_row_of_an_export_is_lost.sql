-- Fails if a row of an export is not exactly one of campaign and rejected record, or if a file has other counts than
-- were loaded; returns the file, the row and its Campaign cell.
{{ config(meta={'checks_files_of': 'int_seen_contents'}) }}
-- depends_on: {{ ref('int_seen_contents') }}

with

files as materialized (

    select * from {{ ref('stg_airtable__files') }}
    where {{ is_unchecked('stg_airtable__files', 'int_seen_contents') }}

),

-- As they were loaded: a row that was read once may be gone since.
export_rows as (

    select
        loaded.file_sha256,
        loaded.source_row,
        btrim(loaded.campaign) as name
    from {{ source('staging_airtable', 'campaigns') }} as loaded
    inner join files using (file_sha256, run_key)

),

rejected_records as (

    select * from {{ ref('stg_airtable__rejected_records') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

sightings as (

    select * from {{ ref('campaign_sightings') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

wrong_rows as (

    select
        export_rows.file_sha256,
        export_rows.source_row,
        export_rows.name,
        case
            when sightings.campaign_id is null then 'no campaign was ever given to the row'
            when campaigns.campaign_id is null then 'campaign ' || sightings.campaign_id || ' is gone'
            else 'both a campaign and a rejected record'
        end as problem
    from export_rows
    left join sightings using (file_sha256, source_row)
    left join campaigns on sightings.campaign_id = campaigns.campaign_id
    left join rejected_records
        on
            export_rows.file_sha256 = rejected_records.file_sha256
            and export_rows.source_row = rejected_records.source_row
    where campaigns.campaign_id is null or rejected_records.file_sha256 is not null

    union all

    select
        sightings.file_sha256,
        sightings.source_row,
        null,
        'campaign ' || sightings.campaign_id || ' was seen in a row that is not loaded'
    from sightings
    left join export_rows using (file_sha256, source_row)
    where export_rows.file_sha256 is null

),

records as (

    select
        file_sha256,
        false as is_rejected
    from export_rows
    union all
    select
        file_sha256,
        true
    from rejected_records

),

counts as (

    select
        file_sha256,
        count(*) filter (where not is_rejected) as rows_there,
        count(*) filter (where is_rejected) as rejected_there
    from records
    group by file_sha256

),

wrong_counts as (

    select
        file_sha256,
        null::bigint as source_row,
        null as name,
        format(
            'loaded with %s rows and %s rejected records, and has %s and %s',
            files.record_count, files.rejected_count, coalesce(rows_there, 0), coalesce(rejected_there, 0)
        ) as problem
    from files
    left join counts using (file_sha256)
    where
        files.record_count <> coalesce(counts.rows_there, 0)
        or files.rejected_count <> coalesce(counts.rejected_there, 0)

),

wrong as (

    select * from wrong_rows
    union all
    select * from wrong_counts

)

select
    files.file_name,
    wrong.source_row,
    wrong.name as campaign,
    wrong.problem
from wrong
left join files using (file_sha256)
