{#- A whole number: `10000`, `10,000`, `-200`. Anything else is null and reported as an issue. -#}
{% macro parse_whole_number(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} ~ '^-?[0-9]{1,3}(,?[0-9]{3}){0,4}$'
            then regexp_replace({{ cell }}, '[^0-9-]', '', 'g')::bigint
    end
{%- endmacro %}
