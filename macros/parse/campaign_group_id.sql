{#- The id of an order: its client and the day on which it starts. -#}
{% macro campaign_group_id(client_id, start_date) -%}
    md5('order ' || {{ client_id }} || ' ' || to_char({{ start_date }}, 'YYYY-MM-DD'))::uuid
{%- endmacro %}
