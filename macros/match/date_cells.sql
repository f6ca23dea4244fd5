{#-
    A CTE of the filled cells of a date column of one export, each read in both orders, with the only one that it fits
    (dots apart: they are no evidence for other cells).
-#}
{% macro date_cells(file_sha256, column, parse) -%}
    date_cells as materialized (

        select
            read.*,
            month_first <> day_first as is_either,
            case when month_first = day_first and numbers[2] <> '.' then {{ only_order('numbers') }} end as only_order,
            case when month_first = day_first and numbers[2] = '.' then {{ only_order('numbers') }} end as dot_order
        from (
            select
                campaigns.source_row,
                {{ parse("campaigns." ~ column, "'month_day'", "'day_month'") }} as month_first,
                {{ parse("campaigns." ~ column, "'day_month'", "'day_month'") }} as day_first,
                case
                    when campaigns.{{ column }} ~ '^\s*[0-9]{5}'
                        then {{ parse("campaigns." ~ column, "'day_numbers'", "null") }}
                end as day_number,
                regexp_match(
                    {{ collapse_whitespace("campaigns." ~ column) }},
                    '^([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?[/.-] ?[0-9]{2}'
                ) as numbers
            from {{ source('staging_airtable', 'campaigns') }} as campaigns
            inner join {{ ref('stg_airtable__files') }} as files using (file_sha256, run_key)
            where
                campaigns.file_sha256 = '{{ file_sha256 }}'
                and {{ null_if_blank("campaigns." ~ column) }} is not null
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
