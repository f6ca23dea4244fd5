{#- Two texts are the same when their keys are: NFKC, blanks folded, trimmed, lower case. -#}
{% macro text_key(cell) -%}
    lower({{ clean_text("normalize(" ~ cell ~ ", NFKC)") }})
{%- endmacro %}
