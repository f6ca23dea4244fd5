{#- A text without the accents of its letters: `Beyoncé` and `Beyonce` give the same. Only for proposing pairs. -#}
{% macro letters_alone(cell) -%}
    regexp_replace(normalize({{ cell }}, NFKD), '[\u0300-\u036f]', '', 'g')
{%- endmacro %}
