{#- A label in lower snake case: `N/A` is `n_a`, `Awaiting reply` is `awaiting_reply`. -#}
{% macro snake_case(cell) -%}
    nullif(btrim(regexp_replace({{ text_key(cell) }}, '[^[:alnum:]]+', '_', 'g'), '_'), '')
{%- endmacro %}
