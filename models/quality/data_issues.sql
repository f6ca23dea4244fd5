with

cells as (

    select * from {{ ref('int_issues_cells') }}
    union all
    select * from {{ ref('int_issues_pieces') }}

),

campaign_doubts as (

    select * from {{ ref('int_issues_sfa') }}
    union all
    select * from {{ ref('int_issues_matches') }}

),

scraped as (

    select * from {{ ref('int_issues_scrapes') }}
    union all
    select * from {{ ref('int_issues_rosters') }}

),

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

files as (

    select
        file_sha256,
        file_name
    from {{ ref('stg_airtable__files') }}
    union all
    select
        file_sha256,
        file_name
    from {{ ref('stg_spotify__files') }}

),

reasons as (

    select * from {{ ref('issue_reasons') }}

),

doubts as (

    select
        file_sha256,
        source_row,
        campaign_id,
        'row ' || source_row as place,
        column_name,
        raw_value,
        reason
    from cells
    inner join sightings using (file_sha256, source_row)

    union all

    select
        file_sha256,
        source_row,
        campaign_id,
        coalesce('row ' || source_row, 'file'),
        column_name,
        raw_value,
        reason
    from campaign_doubts

    union all

    select
        file_sha256,
        null,
        null,
        place,
        column_name,
        raw_value,
        reason
    from scraped

)

select distinct on (issue_id)
    md5(concat_ws(
        '|', doubts.reason, doubts.file_sha256, doubts.place, doubts.campaign_id, doubts.column_name, doubts.raw_value
    ))::uuid as issue_id,
    reasons.severity,
    reasons.entity,
    doubts.campaign_id,
    doubts.file_sha256,
    files.file_name as source_file,
    doubts.source_row,
    doubts.place,
    doubts.column_name,
    doubts.raw_value,
    doubts.reason,
    reasons.suggestion,
    now() as created_at,
    now() as updated_at
from doubts
inner join files using (file_sha256)
left join reasons using (reason)
order by issue_id
