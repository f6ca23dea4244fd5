{#- A boolean as the sheet writes it: `checked`, or an empty text; null when nothing is known. -#}
{% macro check_mark(flag) -%}
    case when {{ flag }} then 'checked' when not {{ flag }} then '' end
{%- endmacro %}
