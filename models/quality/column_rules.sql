{{ config(materialized='view', contract={'enforced': false}) }}
{% set rules = [] -%}
{% for table in live_tables() -%}
{% for column in table.columns -%}
{% set rule = column_rule(table, column) -%}
{% do rules.append("('" ~ [table.name, column, rule, keep_rules()[rule]] | join("', '") ~ "')") -%}
{% endfor -%}
{% endfor -%}

-- Read from the declarations that the build itself uses: `meta: {keep: ...}` in the models' YAML.
with

rules (table_name, column_name, rule, meaning) as (

    values
    {{ rules | join(",\n    ") or "('', '', '', '')" }}

)

select * from rules
