with

sightings as (

    select * from {{ ref('int_issue_sightings') }}

),

overtaken_issues as (

    select * from {{ ref('int_overtaken_issues') }}

),

dated as (

    select
        sightings.*,
        coalesce(sightings.is_current, overtaken_issues.issue_id is null) as is_of_today,
        overtaken_issues.overtaken_at
    from sightings
    left join overtaken_issues using (issue_id, file_sha256)

)

-- Of several sightings, the newest says where to look.
select distinct on (issue_id)
    issue_id,
    campaign_id,
    file_sha256,
    file_name as source_file,
    source_row,
    place,
    column_name,
    raw_value,
    reason,
    bool_or(is_of_today) over of_issue as is_open,
    min(shown_at) over of_issue as first_seen_at,
    max(shown_at) over of_issue as last_seen_at,
    max(overtaken_at) over of_issue as overtaken_at
from dated
window of_issue as (partition by issue_id)
order by
    issue_id asc, is_of_today desc, export_rank desc nulls last, scraped_at desc nulls last, shown_at desc, place asc
