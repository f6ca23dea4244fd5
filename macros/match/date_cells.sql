{#-
    A CTE of the filled cells of a date column of one export, each read in both orders, with the only one that it fits
    (dots apart: they are no evidence for other cells).
-#}
{% macro date_cells(file_sha256, column) -%}
    {%- set cell = "last_modified_at_cell" if column == "last_modified" else column ~ "_cell" -%}
    date_cells as materialized (

        select
            read.*,
            month_first <> day_first as is_either,
            case when month_first = day_first and numbers[2] <> '.' then {{ only_order('numbers') }} end as only_order,
            case when month_first = day_first and numbers[2] = '.' then {{ only_order('numbers') }} end as dot_order
        from (
            select
                export_rows.source_row,
                contents.{{ column }}_month_first as month_first,
                contents.{{ column }}_day_first as day_first,
                contents.{{ column }}_of_number as day_number,
                regexp_match(
                    contents.{{ cell }}, '^([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?[/.-] ?[0-9]{2}'
                ) as numbers
            from {{ ref('stg_airtable__rows') }} as export_rows
            inner join {{ ref('stg_airtable__contents') }} as contents using (content_id)
            where export_rows.file_sha256 = '{{ file_sha256 }}' and contents.{{ cell }} is not null
        ) as read

    )
{%- endmacro %}


{#- The order that two numbers of a cell fit alone; null where they are equal. -#}
{% macro only_order(numbers) -%}
    case
        when {{ numbers }}[1]::integer > 12 then 'day_month'
        when {{ numbers }}[3]::integer > 12 then 'month_day'
    end
{%- endmacro %}
