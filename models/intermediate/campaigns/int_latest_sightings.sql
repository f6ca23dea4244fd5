with

seen_contents as (

    select * from {{ ref('int_seen_contents') }}

),

files as (

    select
        file_sha256,
        export_rank,
        coverage = 'full' as is_full
    from {{ ref('stg_airtable__files') }}

),

-- By last sightings alone: what stands in older rows of the same cells is not newer.
ordered as (

    select
        seen_contents.campaign_id,
        seen_contents.content_id,
        seen_contents.form_id,
        seen_contents.first_source_row,
        seen_contents.last_file_sha256 as file_sha256,
        seen_contents.last_source_row as source_row,
        files.export_rank,
        files.is_full,
        row_number() over newest_first as nth
    from seen_contents
    inner join files on seen_contents.last_file_sha256 = files.file_sha256
    window newest_first as (
        partition by seen_contents.campaign_id order by files.export_rank desc, seen_contents.last_source_row desc
    )

)

select
    campaign_id,
    max(file_sha256) filter (where nth = 1) as file_sha256,
    max(source_row) filter (where nth = 1) as source_row,
    max(first_source_row) filter (where nth = 1) as first_source_row,
    max(export_rank) filter (where is_full) as last_full_export_rank,
    md5(string_agg(content_id || form_id, ' ' order by nth)) as contents_hash
from ordered
group by campaign_id
