{#-
    The last value of a cell that is not null, up to and including an export; one of a row for which `weak` holds only
    where no other row has one. PostgreSQL has no `last_value ... ignore nulls`: this is the running maximum of the
    export's rank with the value appended. Needs a window `so_far` over `versions`.
-#}
{% macro last_known_value(cell, type, weak=none) -%}
    substring(
        max(
            {%- if weak %} case when {{ weak }} then '0' else '1' end ||{% endif %}
            lpad(versions.export_rank::text, 9, '0') || {{ cell }}::text collate "C"
        ) over so_far from {{ 11 if weak else 10 }}
    )::{{ type }}
{%- endmacro %}
