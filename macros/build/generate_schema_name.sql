{#-
    A model's schema, named after the target's: beside `ledger` there are `ledger_quality`, `ledger_intermediate` and so
    on. The web application's views are in `app`, or in `<name>_app` beside a ledger of another name.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%} {{ target.schema }}
    {%- elif custom_schema_name == "app" and target.schema == "ledger" -%} app
    {%- else -%} {{ target.schema }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}
