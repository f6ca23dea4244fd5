{#-
    The key of a text: NFKC, whitespace collapsed, trimmed, lower case. Two texts are the same if their keys are
    equal.
-#}
{% macro text_key(cell) -%}
    lower({{ collapse_whitespace("normalize(" ~ cell ~ ", NFKC)") }})
{%- endmacro %}
