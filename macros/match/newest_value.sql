{#-
    The newest non-null value of a column over the exports that show a campaign. With `where_filled`, the value in the
    newest row in which that other column is not null; with `weak`, one of a row for which that condition holds only
    where no other row has one. An aggregate.
-#}
{% macro newest_value(column, where_filled=none, weak=none) -%}
    (
        array_agg({{ column }} order by {{ weak ~ " asc, " if weak }}export_rank desc, source_row desc)
        filter (where {{ where_filled or column }} is not null)
    )[1]
{%- endmacro %}
