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


{#-
    The newest non-null value of a cell. With `cleared`, its entry in `cleared_cells`, an emptied cell counts as a value,
    too; `weak` is that of `newest_value`. An aggregate over rows of `stg_airtable__campaigns`.
-#}
{% macro newest_cell(column, cleared=none, weak=none) -%}
    {%- set given = "case when " ~ gives_value(cleared, column) ~ " then true end" if cleared else none -%}
    {{ newest_value(column, where_filled=given, weak=weak) }}
{%- endmacro %}
