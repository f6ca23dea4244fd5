{#-
    A CTE of the filled cells of a date column of one export, each read in both orders, with the only one that it fits
    (dots apart: they are no evidence for other cells).
-#}
{% macro date_cells(file_sha256, column) -%}
    {%- set cell = "last_modified_at_cell" if column == "last_modified" else column ~ "_cell" -%}
    date_cells as materialized (

        select
            export_rows.source_row,
            contents.{{ column }}_month_first as month_first,
            contents.{{ column }}_day_first as day_first,
            contents.{{ column }}_of_number as day_number,
            contents.{{ column }}_month_first <> contents.{{ column }}_day_first as is_either,
            case
                when contents.{{ column }}_month_first = contents.{{ column }}_day_first
                    then contents.{{ column }}_only_order
            end as fitting_order,
            contents.has_dotted_{{ column }} as has_dots
        from {{ ref('stg_airtable__rows') }} as export_rows
        inner join {{ ref('stg_airtable__contents') }} as contents using (content_id)
        where export_rows.file_sha256 = '{{ file_sha256 }}' and contents.{{ cell }} is not null

    )
{%- endmacro %}
