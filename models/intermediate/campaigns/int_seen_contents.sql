{{ config(
    materialized='read_once', files='stg_airtable__files', file_version='version', by_file=false,
    unique_key=['campaign_id', 'content_id', 'form_id'],
    indexes=[{'columns': ['campaign_id', 'content_id', 'form_id'], 'unique': true}],
) }}

with

files as (

    select * from {{ ref('stg_airtable__files') }}

),

unread as (

    select file_sha256 from files
    where {{ is_unread('files') }}

),

new_sightings as (

    select
        sightings.campaign_id,
        export_rows.content_id,
        files.form_id,
        sightings.file_sha256,
        sightings.source_row
    from {{ ref('campaign_sightings') }} as sightings
    inner join {{ ref('stg_airtable__rows') }} as export_rows using (file_sha256, source_row)
    inner join files using (file_sha256)
    where sightings.file_sha256 = any(array(select file_sha256 from unread))

),

sightings as (

    select * from new_sightings

    {% if is_incremental() -%}
    /*known*/
    union all
    select
        known.campaign_id,
        known.content_id,
        known.form_id,
        ends.file_sha256,
        ends.source_row
    from {{ this }} as known
    inner join new_sightings using (campaign_id, content_id, form_id)
    cross join
        lateral (
            values
            (known.first_file_sha256, known.first_source_row),
            (known.last_file_sha256, known.last_source_row)
        ) as ends (file_sha256, source_row)
    /*known*/
    {%- endif %}

)

select
    sightings.campaign_id,
    sightings.content_id,
    sightings.form_id,
    (array_agg(sightings.file_sha256 order by files.export_rank, sightings.source_row))[1] as first_file_sha256,
    (array_agg(sightings.source_row order by files.export_rank, sightings.source_row))[1] as first_source_row,
    (array_agg(sightings.file_sha256 order by files.export_rank desc, sightings.source_row desc))[1]
        as last_file_sha256,
    (array_agg(sightings.source_row order by files.export_rank desc, sightings.source_row desc))[1] as last_source_row
from sightings
inner join files using (file_sha256)
group by sightings.campaign_id, sightings.content_id, sightings.form_id
