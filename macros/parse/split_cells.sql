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


{#-
    The people of a Salesperson cell, for a `from` clause: joined by one of `/,;&+|`, by a line break or by `and`. `N/A`
    stays whole.
-#}
{% macro split_people(cell) -%}
    lateral regexp_split_to_table(
        regexp_replace({{ cell }}, '(?<![^ ,;&+|/])[nN]/[aA](?![^ ,;&+|/])', 'N.A.', 'g'),
        '[/,;&+|\r\n\u000b\u2028\u2029]|{{ whitespace() }}[Aa][Nn][Dd]{{ whitespace() }}'
    ) with ordinality
{%- endmacro %}


{#- A cell as one line in which each line break between two texts is a slash; null if nothing is left. -#}
{% macro join_lines(cell) -%}
    case
        when {{ cell }} ~ '[\r\n\u000b\u2028\u2029]'
            then {{ collapse_whitespace(
                "regexp_replace(" ~ cell ~ ", '(?<=" ~ whitespace().replace("[", "[^") ~ ")" ~ whitespace()
                ~ "*[\\r\\n\\u000b\\u2028\\u2029]" ~ whitespace() ~ "*(?=" ~ whitespace().replace("[", "[^")
                ~ ")', ' / ', 'g')"
            ) }}
        else {{ collapse_whitespace(cell) }}
    end
{%- endmacro %}
