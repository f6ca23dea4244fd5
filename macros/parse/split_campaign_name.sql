{#-
    {artist, song} of `Artist - Song`, split at the first dash of any kind with a space beside it; null without one. The
    dash is replaced by a control character and the text split there: capturing groups are twenty times slower.
-#}
{% macro artist_and_song(name) -%}
    nullif(
        string_to_array(
            regexp_replace(
                {{ collapse_whitespace(name) }},
                '(?<=.)(?: +[-\u2010-\u2015\u2212]+ *|[-\u2010-\u2015\u2212]+ +)(?=.)',
                chr(31)
            ),
            chr(31)
        ),
        array[{{ collapse_whitespace(name) }}]
    )
{%- endmacro %}
