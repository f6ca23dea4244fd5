{{ config(
    materialized='incremental', incremental_strategy='delete+insert', on_schema_change='sync_all_columns',
    unique_key=['campaign_id', 'content_id', 'form_id'],
    indexes=[{'columns': ['campaign_id', 'content_id', 'form_id'], 'unique': true}],
    pre_hook="{{ forget_stale(ref('stg_airtable__files'), version='version', by_file=false) }}",
    post_hook=["{{ note_read(ref('stg_airtable__files'), version='version') }}", "analyze {{ this }}"],
) }}

with

files as (

    select * from {{ ref('stg_airtable__files') }}

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
    where sightings.file_sha256 = any(array(select file_sha256 from files where {{ is_unread('files') }}))

),

sightings as (

    select * from new_sightings

    {% if is_incremental() -%}
    /*known*/
    {%- for end in ["first", "last"] %}
    union all
    select
        campaign_id,
        content_id,
        form_id,
        {{ end }}_file_sha256,
        {{ end }}_source_row
    from {{ this }}
    where (campaign_id, content_id, form_id) in (select campaign_id, content_id, form_id from new_sightings)
    {%- endfor %}
    /*known*/
    {%- endif %}

)

select
    sightings.campaign_id,
    sightings.content_id,
    sightings.form_id,
    {%- for order, end in [("asc", "first"), ("desc", "last")] %}
    (array_agg(sightings.file_sha256 order by files.export_rank {{ order }}, sightings.source_row {{ order }}))[1]
        as {{ end }}_file_sha256,
    (array_agg(sightings.source_row order by files.export_rank {{ order }}, sightings.source_row {{ order }}))[1]
        as {{ end }}_source_row{{ "," if not loop.last }}
    {%- endfor %}
from sightings
inner join files using (file_sha256)
group by sightings.campaign_id, sightings.content_id, sightings.form_id
