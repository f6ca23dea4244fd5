{#-
    The columns of a date cell read in every order, since the file that holds the cell decides: `..._month_first`,
    `..._day_first`, `..._of_number` (Excel's number of days), `has_dotted_...`, and `..._only_order`, the order that its
    first two numbers fit alone. `parse` is `parse_date` or `parse_timestamp`.
-#}
{% macro readings(column, parse) -%}
    {%- set any, large, separator = "[0-9]{1,2}", "(1[3-9]|[2-9][0-9])", " ?[/.-] ?" -%}
    {{ parse(column, "'month_day'", "'month_day'") }} as {{ column }}_month_first,
    {{ parse(column, "'day_month'", "'day_month'") }} as {{ column }}_day_first,
    case when {{ column }} ~ '[0-9]{5}' then {{ parse(column, "'day_numbers'", "null") }} end as {{ column }}_of_number,
    coalesce({{ column }} ~ '[0-9] ?[.] ?[0-9]{1,2} ?[.]', false) as has_dotted_{{ column }},
    case
        when {{ collapse_whitespace(column) }} ~ '^{{ large }}{{ separator }}{{ any }}{{ separator }}[0-9]{2}' then 'day_month'
        when {{ collapse_whitespace(column) }} ~ '^{{ any }}{{ separator }}{{ large }}{{ separator }}[0-9]{2}' then 'month_day'
    end as {{ column }}_only_order
{%- endmacro %}


{#- The reading of a date cell by the orders of its file: null where they do not decide and the readings differ. -#}
{% macro chosen_reading(column, order, dot_order) -%}
    case
        when {{ column }}_month_first = {{ column }}_day_first then {{ column }}_month_first
        when {{ column }}_month_first is null
            then case when {{ order }} = 'day_numbers' then {{ column }}_of_number end
        else case case when has_dotted_{{ column }} then {{ dot_order }} else {{ order }} end
            when 'month_day' then {{ column }}_month_first
            when 'day_month' then {{ column }}_day_first
        end
    end
{%- endmacro %}
