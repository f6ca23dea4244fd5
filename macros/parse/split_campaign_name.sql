{#- {artist, song} of `Artist - Song`: the first dash of any kind with a blank beside it parts them; null without one. -#}
{% macro artist_and_song(name) -%}
    regexp_match({{ clean_text(name) }}, '^(.+?)(?: +[-–—]+ *|[-–—]+ +)(.+)$')
{%- endmacro %}
