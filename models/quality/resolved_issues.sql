{%- set columns = [
    "issue_id", "severity", "entity", "campaign_id", "file_sha256", "source_file", "source_row", "place", "column_name",
    "raw_value", "reason", "suggestion",
] -%}

with

lives as (

    select * from {{ ref('int_issue_lives') }}

),

sightings as (

    select * from {{ ref('int_issue_sightings') }}

),

reasons as (

    select * from {{ ref('issue_reasons') }}

),

before as (

    /*known*/
    {{ issues_before(columns) }}
    /*known*/

),

-- Newer files know better.
overtaken as (

    select
        lives.issue_id,
        reasons.severity,
        reasons.entity,
        {%- for column in columns[3:11] %}
        lives.{{ column }},
        {%- endfor %}
        reasons.suggestion,
        lives.first_seen_at,
        lives.last_seen_at,
        coalesce(lives.overtaken_at, now()) as resolved_at
    from lives
    left join reasons using (reason)
    where not lives.is_open

),

-- In no file any more: a seed, a rule or another file has settled it. An earlier version gave other ids: what is in the
-- same place of the same file is the same issue.
settled as (

    select before.*
    from before
    left join lives using (issue_id)
    left join sightings
        on
            before.file_sha256 = sightings.file_sha256
            and before.reason = sightings.reason
            and before.place is not distinct from sightings.place
            and before.column_name is not distinct from sightings.column_name
            and before.raw_value is not distinct from sightings.raw_value
    where lives.issue_id is null and sightings.issue_id is null

),

issues as (

    select * from overtaken
    union all
    select * from settled

)

select distinct on (issue_id)
    *,
    now() as created_at,
    now() as updated_at
from issues
order by issue_id asc, resolved_at asc
