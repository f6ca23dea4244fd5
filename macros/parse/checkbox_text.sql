{#- A boolean as the sheet writes it: `checked` or an empty text; null if unknown. -#}
{% macro checkbox_text(flag) -%}
    case when {{ flag }} then 'checked' when not {{ flag }} then '' end
{%- endmacro %}
