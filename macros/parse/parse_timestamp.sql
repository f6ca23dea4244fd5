{#- A wall clock time without a time zone: `10/16/2025 4:42pm`. Anything else is null and reported as an issue. -#}
{% macro parse_timestamp(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} ~* '^[0-9/]{8,10} (0?[1-9]|1[0-2]):[0-5][0-9] ?[ap]m$'
            then {{ parse_date("split_part(" ~ collapse_whitespace(cell) ~ ", ' ', 1)") }}
                + regexp_replace({{ collapse_whitespace(cell) }}, '^[0-9/]+ ', '')::time
    end
{%- endmacro %}
