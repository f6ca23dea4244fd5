{#-
    The last value of a cell that is not null, up to and including an export. PostgreSQL has no `last_value ... ignore
    nulls`: this is the running maximum of the export's rank with the value appended. Needs a window `so_far` over
    `versions`.
-#}
{% macro last_known_value(cell, type) -%}
    substring(
        max(lpad(versions.export_rank::text, 9, '0') || {{ cell }}::text collate "C") over so_far from 10
    )::{{ type }}
{%- endmacro %}
