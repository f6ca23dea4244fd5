{#-
    The newest value of a column that is not empty, over the exports that a campaign was seen in; with `beside`, its
    value in the newest row where that other column is not empty.
-#}
{% macro newest(column, beside=none) -%}
    (array_agg({{ column }} order by export_number desc, source_row desc) filter (where {{ beside or column }} is not null))[1]
{%- endmacro %}
