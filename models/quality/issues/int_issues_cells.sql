with

export_rows as (

    select * from {{ ref('int_seen_rows') }}

),

content_issues as (

    select * from {{ ref('int_content_issues') }}

),

unread_columns as (

    select * from {{ ref('int_unread_columns') }}

),

issues as (

    select
        export_rows.file_sha256,
        export_rows.source_row,
        content_issues.column_name,
        content_issues.raw_value,
        content_issues.reason
    from export_rows
    inner join content_issues using (content_id)
    {% for column, has_reading, reason in [
        ("start_date", "has_start_date", "not_a_date"), ("last_modified_at", "has_last_modified", "not_a_time"),
    ] %}
    union all
    select
        file_sha256,
        source_row,
        '{{ column }}',
        {{ column }}_cell,
        case when {{ has_reading }} then 'ambiguous_date' else '{{ reason }}' end
    from export_rows
    where {{ column }}_cell is not null and {{ column }} is null
    {%- endfor %}

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
