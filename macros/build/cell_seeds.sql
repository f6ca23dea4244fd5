{#- The seeds that map labels of a cell to states, for the hash of a model's rules. -#}
{% macro state_seeds() -%}
    {{ return(["campaign_statuses", "invoice_states", "curator_states"]) }}
{%- endmacro %}


{#- The seeds that say which labels are names of clients and vendors, for the same. -#}
{% macro label_seeds() -%}
    {{ return(["client_aliases", "vendor_aliases", "nobody_labels"]) }}
{%- endmacro %}
