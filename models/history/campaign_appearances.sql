with

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

dated as (

    select
        sightings.campaign_id,
        sightings.matched_by,
        exports.export_rank,
        exports.file_name,
        exports.loaded_at
    from sightings
    inner join exports using (file_sha256)

)

select
    campaign_id,
    (array_agg(matched_by order by export_rank desc))[1] as matched_by,
    count(*) as times_seen,
    min(export_rank) as first_export_rank,
    (array_agg(file_name order by export_rank))[1] as first_seen_in,
    (array_agg(loaded_at order by export_rank))[1] as first_seen_at,
    max(export_rank) as last_export_rank,
    (array_agg(file_name order by export_rank desc))[1] as last_seen_in,
    (array_agg(loaded_at order by export_rank desc))[1] as last_seen_at
from dated
group by campaign_id
