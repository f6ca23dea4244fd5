{#-
    A name in a seed without the quote that `playledger review` writes before text that a spreadsheet would take for a
    formula.
-#}
{% macro strip_formula_quote(cell) -%}
    regexp_replace({{ cell }}, '^''(?=''*[=+@-])', '')
{%- endmacro %}
