{#-
    A name as it is meant: in a seed, one that a spreadsheet would take for a formula has a quote before it, as
    `playledger review` writes it.
-#}
{% macro unguarded(cell) -%}
    regexp_replace({{ cell }}, '^''(?=''*[=+@-])', '')
{%- endmacro %}
