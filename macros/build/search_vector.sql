{#-
    The words of a text as a `tsvector`, lower case and without accents; the pages search by the beginnings of words.
    An index is used only by the very same expression: `WORDS_OF` in playledger/web/search.py repeats it.
-#}
{% macro search_vector(text) -%}
    {%- set without_accents = "regexp_replace(normalize(" ~ text ~ ", nfkd), '[\\u0300-\\u036f]', '', 'g')" -%}
    to_tsvector('simple', regexp_replace({{ without_accents }}, '[^[:alnum:]]+', ' ', 'g'))
{%- endmacro %}
