{#- An amount in US dollars: `$1,500.00`, `$0.00`, `-$50`. Anything else is null and reported as an issue. -#}
{% macro parse_money(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} ~ '^(-?\$? ?|\$ ?-)[0-9]{1,3}(,?[0-9]{3}){0,2}(\.[0-9]{1,2})?$'
            then regexp_replace({{ cell }}, '[^0-9.-]', '', 'g')::numeric(12, 2)
    end
{%- endmacro %}
