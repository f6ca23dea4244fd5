with

sightings as (

    select * from {{ ref('int_seen_rows') }}

),

content_issues as (

    {% for model in ["int_content_issues", "int_piece_issues", "int_text_issues", "int_long_cell_issues"] -%}
    select
        content_id,
        column_name,
        raw_value,
        reason
    from {{ ref(model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

unread_columns as (

    select * from {{ ref('int_unread_columns') }}

),

issues as (

    select
        sightings.file_sha256,
        sightings.source_row,
        content_issues.column_name,
        content_issues.raw_value,
        content_issues.reason
    from sightings
    inner join content_issues using (content_id)
    union all
    -- The file has a say in how a date is read.
    select
        file_sha256,
        source_row,
        column_name,
        raw_value,
        reason
    from {{ ref('int_unread_dates') }}

)

-- A column of which nothing was read is told once, by `int_issues_columns`.
select
    issues.file_sha256,
    issues.source_row,
    null::bigint as campaign_id,
    'row ' || issues.source_row as place,
    issues.column_name,
    issues.raw_value,
    issues.reason
from issues
left join unread_columns using (file_sha256, column_name)
where unread_columns.column_name is null
