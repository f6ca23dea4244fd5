{#- A wall clock time without a zone: `10/16/2025 4:42pm`. Anything else is null, and reported. -#}
{% macro parse_timestamp(cell) -%}
    case
        when {{ clean_text(cell) }} ~* '^[0-9/]{8,10} (0?[1-9]|1[0-2]):[0-5][0-9] ?[ap]m$'
            then {{ parse_date("split_part(" ~ clean_text(cell) ~ ", ' ', 1)") }}
                + regexp_replace({{ clean_text(cell) }}, '^[0-9/]+ ', '')::time
    end
{%- endmacro %}
