{#-
    The last value of a cell that is not null, up to and including an export. PostgreSQL has no `last_value ... ignore
    nulls`: this is the running maximum of the export's rank with the value appended. Needs a window `so_far` over
    `versions`, joined with `export_rows`. With `cleared`, its entry in `cleared_cells`, an emptied cell is a value, too.
-#}
{% macro last_known_value(cell, type, cleared=none) -%}
    {%- set rank = "lpad(versions.export_rank::text, 9, '0')" -%}
    {%- if cleared -%}
    nullif(substring(
        max({{ rank }} || coalesce({{ cell }}::text, '') collate "C")
        filter (where {{ gives_value(cleared, cell, rows="export_rows.") }}) over so_far from 10
    ), '')::{{ type }}
    {%- else -%}
    substring(max({{ rank }} || {{ cell }}::text collate "C") over so_far from 10)::{{ type }}
    {%- endif -%}
{%- endmacro %}
