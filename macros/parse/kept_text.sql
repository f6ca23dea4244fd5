{#- Free text exactly as typed, line breaks too; null when it holds only blanks. -#}
{% macro kept_text(cell) -%}
    case when {{ cell }} !~ '^{{ blanks() }}*$' then {{ cell }}::text end
{%- endmacro %}
