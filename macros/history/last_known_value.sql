{#-
    The last value of a cell that is not null, up to and including an export; one of a row for which `weak` holds only
    where no other row has one. With `cleared`, its entry in `cleared_cells`, an emptied cell is a value, too. PostgreSQL
    has no `last_value ... ignore nulls`: this is the running maximum of the export's rank with the value appended. Needs
    a window `so_far` over `versions`, joined with `export_rows`.
-#}
{% macro last_known_value(cell, type, weak=none, cleared=none) -%}
    {%- set rank = "lpad(versions.export_rank::text, 9, '0')" -%}
    {%- if weak %}{% set rank = "case when " ~ weak ~ " then '0' else '1' end || " ~ rank %}{% endif -%}
    {%- set start = 11 if weak else 10 -%}
    {%- if cleared -%}
    nullif(substring(
        max({{ rank }} || coalesce({{ cell }}::text, '') collate "C")
        filter (where {{ gives_value(cleared, cell, rows="export_rows.") }}) over so_far from {{ start }}
    ), '')::{{ type }}
    {%- else -%}
    substring(max({{ rank }} || {{ cell }}::text collate "C") over so_far from {{ start }})::{{ type }}
    {%- endif -%}
{%- endmacro %}
