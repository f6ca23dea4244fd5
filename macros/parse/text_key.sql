{#-
    The key of a text: Unicode's NFKC with its case folded, whitespace collapsed, trimmed; null if nothing is left. Two
    texts are the same if their keys are equal. The rule is the function that `create_text_key` creates.
-#}
{% macro text_key(cell) -%}
    "{{ target.schema }}".text_key({{ cell }})
{%- endmacro %}
