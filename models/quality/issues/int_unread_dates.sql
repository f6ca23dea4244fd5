with

export_rows as (

    select
        sightings.campaign_id,
        export_rows.*
    from {{ ref('int_seen_rows') }} as sightings
    inner join {{ ref('stg_airtable__campaigns') }} as export_rows using (file_sha256, source_row)

)

{% for column, has_reading, reason in [
    ("start_date", "has_start_date", "not_a_date"), ("last_modified_at", "has_last_modified", "not_a_time"),
] -%}
select
    campaign_id,
    file_sha256,
    source_row,
    '{{ column }}' as column_name,
    {{ column }}_cell as raw_value,
    case when {{ has_reading }} then 'ambiguous_date' else '{{ reason }}' end as reason
from export_rows
where {{ column }}_cell is not null and {{ column }} is null
{{ "union all" if not loop.last }}
{% endfor %}
