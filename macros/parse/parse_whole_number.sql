{#-
    A number of streams as people type it: `10000`, `10,000`, `-200`, `10000.0`, `10 000`, `10K`, `(50)`, `10,000 streams`.
    Anything else, such as `10.5` or `1234,567`, is null and reported as an issue. The typical form is tried first.
-#}
{% macro parse_whole_number(cell) -%}
    {%- set form = number_form(12, "0{0,20}", "00") ~ "(?: ?(?:streams?|plays?))?\\.?" -%}
    case
        when {{ cell }} ~ '^-?(?:[0-9]{1,12}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})$'
            then replace({{ cell }}, ',', '')::bigint
        when
            {{ number_text(cell) }} ~ '^''?(?:[-+] ?)?{{ form }}$|^\( ?{{ form }} ?\)$'
            and not {{ is_ambiguous_number(number_text(cell)) }}
            then ({{ number_value(number_text(cell)) }})::bigint
    end
{%- endmacro %}
