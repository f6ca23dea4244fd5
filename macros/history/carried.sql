{#-
    The newest value of a cell that is not empty, up to an export: the running maximum of the export's number with the
    value behind it, since PostgreSQL has no `last_value ... ignore nulls`. Needs a window `so_far` over `versions`.
-#}
{% macro carried(cell, type) -%}
    substring(max(lpad(versions.export_number::text, 9, '0') || {{ cell }}::text collate "C") over so_far from 10)::{{ type }}
{%- endmacro %}
