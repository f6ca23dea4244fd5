{#-
    The newest non-null value of a column over the exports that show a campaign. With `where_filled`, the value in the
    newest row in which that other column is not null. An aggregate.
-#}
{% macro newest_value(column, where_filled=none) -%}
    (
        array_agg({{ column }} order by export_rank desc, source_row desc)
        filter (where {{ where_filled or column }} is not null)
    )[1]
{%- endmacro %}
