{#- The newest value of a column that is not empty, over the exports that a campaign was seen in. -#}
{% macro newest(column) -%}
    (array_agg({{ column }} order by export_number desc, source_row desc) filter (where {{ column }} is not null))[1]
{%- endmacro %}
