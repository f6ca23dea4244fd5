{#-
    The labels of a Client cell, in order: joined by commas, and a label that holds a comma is quoted.
    Used in `from`: gives (label, position).
-#}
{% macro split_labels(cell) -%}
    lateral (
        select
            replace(coalesce(pieces.match[1], pieces.match[2]), '""', '"') as label,
            row_number() over () as position
        from
            regexp_matches(
                {{ cell }}, '{{ blanks() }}*(?:"((?:[^"]|"")*)"{{ blanks() }}*(?=,|$)|([^,]+))', 'g'
            ) as pieces (match)
    )
{%- endmacro %}


{#- The pieces of an e-mail cell: joined by comma, semicolon or a blank between two addresses. -#}
{% macro split_emails(cell) -%}
    lateral regexp_split_to_table(
        {{ cell }}, '[,;]|(?<=@[^[:space:]@,;]+){{ blanks() }}+(?=[^[:space:]@,;]+@)'
    ) with ordinality
{%- endmacro %}


{#- The people of a Salesperson cell: joined by a slash or a comma. -#}
{% macro split_people(cell) -%}
    lateral regexp_split_to_table({{ cell }}, '[/,]') with ordinality
{%- endmacro %}
