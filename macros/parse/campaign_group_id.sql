{#- The id of an order, made from its client and start date. -#}
{% macro campaign_group_id(client_id, start_date) -%}
    md5('order ' || {{ client_id }} || ' ' || to_char({{ start_date }}, 'YYYY-MM-DD'))::uuid
{%- endmacro %}
