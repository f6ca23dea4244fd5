{#- Whether a cell holds a link at all: TBA, TBD and the like stand in for one until there is one. -#}
{% macro is_link(cell) -%}
    {{ cell }} ~ '[[:alnum:]]\.[[:alpha:]]{2}'
{%- endmacro %}
