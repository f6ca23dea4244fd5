{#- A cell exactly as typed, line breaks included; null if it holds only whitespace. -#}
{% macro null_if_blank(cell) -%}
    case when {{ cell }} !~ '^{{ whitespace() }}*$' then {{ cell }}::text end
{%- endmacro %}
