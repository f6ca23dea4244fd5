{#- Whether a cell holds a link; people type TBA, TBD and the like until there is one. -#}
{% macro is_link(cell) -%}
    {{ cell }} ~ '[[:alnum:]]\.[[:alpha:]]{2}'
{%- endmacro %}
