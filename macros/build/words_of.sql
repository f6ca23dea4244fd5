{#-
    The words of a text, large letters and accents folded, as a `tsvector`: what the pages search by the beginnings of.
    An index answers only the very same expression, so that `WORDS_OF` in playledger/web/search.py says it again.
-#}
{% macro words_of(text) -%}
    to_tsvector('simple', regexp_replace(regexp_replace(normalize({{ text }}, nfkd), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
{%- endmacro %}
