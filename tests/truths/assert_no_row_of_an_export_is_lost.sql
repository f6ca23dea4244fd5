-- Fails if a file's rows are not all campaigns or rejected records; gives the file and the counts.
with

files as (

    select * from {{ ref('stg_airtable__files') }}

),

sightings as (

    select
        file_sha256,
        count(*) as campaigns
    from {{ ref('campaign_sightings') }}
    group by file_sha256

),

rejected as (

    select
        file_sha256,
        count(*) as rejected
    from {{ ref('stg_airtable__rejected_records') }}
    group by file_sha256

)

select
    files.file_name,
    files.record_count,
    files.rejected_count,
    sightings.campaigns,
    rejected.rejected
from files
left join sightings using (file_sha256)
left join rejected using (file_sha256)
where
    files.record_count <> coalesce(sightings.campaigns, 0)
    or files.rejected_count <> coalesce(rejected.rejected, 0)
