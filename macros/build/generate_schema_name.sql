{#-
    Schemas follow the target's: `ledger` has `ledger_quality`, `ledger_intermediate` ... beside it. The web
    application knows its views as `app`; beside a ledger of another name they are `<name>_app`.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%} {{ target.schema }}
    {%- elif custom_schema_name == "app" and target.schema == "ledger" -%} app
    {%- else -%} {{ target.schema }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}
