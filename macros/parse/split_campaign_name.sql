{#- {artist, song} of `Artist - Song`: the first dash of any kind with a blank beside it parts them; else null. -#}
{% macro artist_and_song(name) -%}
    regexp_match({{ clean_text(name) }}, '^(.+?)(?: +[-\u2010-\u2015\u2212]+ *|[-\u2010-\u2015\u2212]+ +)(.+)$')
{%- endmacro %}
