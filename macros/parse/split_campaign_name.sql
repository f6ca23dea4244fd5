{#-
    {artist, song} of `Artist - Song`: the first dash of any kind with a blank beside it parts them; null without one.
    The dash is replaced by a mark that no clean text holds: capturing both sides takes twenty times as long.
-#}
{% macro artist_and_song(name) -%}
    nullif(
        string_to_array(
            regexp_replace(
                {{ clean_text(name) }}, '(?<=.)(?: +[-\u2010-\u2015\u2212]+ *|[-\u2010-\u2015\u2212]+ +)(?=.)', chr(31)
            ),
            chr(31)
        ),
        array[{{ clean_text(name) }}]
    )
{%- endmacro %}
