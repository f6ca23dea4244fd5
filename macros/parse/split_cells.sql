{#-
    The labels of a Client cell in their order, for a `from` clause: (label, position). They are joined by commas; a
    label that holds a comma is quoted.
-#}
{% macro split_labels(cell) -%}
    lateral (
        select
            replace(coalesce(pieces.match[1], pieces.match[2]), '""', '"') as label,
            row_number() over () as position
        from
            regexp_matches(
                {{ cell }}, '{{ whitespace() }}*(?:"((?:[^"]|"")*)"{{ whitespace() }}*(?=,|$)|([^,]+))', 'g'
            ) as pieces (match)
    )
{%- endmacro %}


{#-
    The pieces of an e-mail cell, for a `from` clause: joined by a comma, a semicolon, or whitespace between
    addresses.
-#}
{% macro split_emails(cell) -%}
    lateral regexp_split_to_table(
        {{ cell }}, '[,;]|(?<=@[^[:space:]@,;]+){{ whitespace() }}+(?=[^[:space:]@,;]+@)'
    ) with ordinality
{%- endmacro %}


{#- The people of a Salesperson cell, for a `from` clause: joined by a slash or a comma. -#}
{% macro split_people(cell) -%}
    lateral regexp_split_to_table({{ cell }}, '[/,]') with ordinality
{%- endmacro %}
