with

issues as (

    {% for model in [
        "int_issues_cells", "int_issues_columns", "int_issues_names", "int_issues_pieces", "int_issues_matches",
        "int_issues_sfa", "int_issues_scrapes", "int_issues_repeated_rows", "int_issues_rosters", "int_issues_claims",
        "int_issues_long_cells", "int_issues_pasted_rows", "int_issues_encodings",
    ] -%}
    select
        file_sha256,
        source_row,
        campaign_id,
        place,
        column_name,
        raw_value,
        reason
    from {{ ref(model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
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

-- The issue of a row is also that of the row's campaign.
with_campaigns as (

    select
        issues.file_sha256,
        issues.source_row,
        coalesce(issues.campaign_id, sightings.campaign_id) as campaign_id,
        issues.place,
        issues.column_name,
        issues.raw_value,
        issues.reason
    from issues
    left join sightings using (file_sha256, source_row)

),

identified as (

    select
        *,
        md5(concat_ws('|', reason, file_sha256, place, campaign_id, column_name, raw_value))::uuid as issue_id
    from with_campaigns

)

select distinct on (identified.issue_id)
    identified.issue_id,
    reasons.severity,
    reasons.entity,
    identified.campaign_id,
    identified.file_sha256,
    files.file_name as source_file,
    identified.source_row,
    identified.place,
    identified.column_name,
    identified.raw_value,
    identified.reason,
    reasons.suggestion,
    now() as created_at,
    now() as updated_at
from identified
inner join files using (file_sha256)
left join reasons using (reason)
order by identified.issue_id
