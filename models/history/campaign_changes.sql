with

versions as (

    select
        *,
        {%- for column, cell, type in campaign_columns() %}
        lag({{ column }}) over in_order as old_{{ column }},
        {%- endfor %}
        row_number() over in_order as nth
    from {{ ref('campaign_versions') }}
    window in_order as (partition by campaign_id order by export_rank)

)

select
    versions.campaign_id,
    changes.column_name,
    changes.old_value,
    changes.new_value,
    versions.file_sha256,
    versions.file_name,
    versions.export_rank,
    versions.source_row,
    versions.last_modified_at,
    versions.loaded_at
from versions
cross join
    lateral (
        values
        {%- for column, cell, type in campaign_columns() %}
        ('{{ column }}', versions.old_{{ column }}::text, versions.{{ column }}::text){{ "," if not loop.last }}
        {%- endfor %}
    ) as changes (column_name, old_value, new_value)
where versions.nth > 1 and changes.old_value is distinct from changes.new_value
