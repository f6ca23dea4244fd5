-- What is mended must be in `resolved_issues` before it is deleted here:
-- depends_on: {{ ref('resolved_issues') }}

with

issues as (

    select * from {{ ref('int_issue_lives') }}
    where is_open

),

reasons as (

    select * from {{ ref('issue_reasons') }}

),

known as (

    select distinct issue_id from {{ ref('int_known_issues') }}

)

select
    issues.issue_id,
    reasons.severity,
    reasons.entity,
    issues.campaign_id,
    issues.file_sha256,
    issues.source_file,
    issues.source_row,
    issues.place,
    issues.column_name,
    issues.raw_value,
    issues.reason,
    reasons.suggestion,
    known.issue_id is not null as is_known,
    issues.first_seen_at,
    issues.last_seen_at,
    now() as created_at,
    now() as updated_at
from issues
left join reasons using (reason)
left join known using (issue_id)
