{#-
    Whether a run creates tables, columns and views only, without a row in a live table: rows of production are
    published from a plan, all or none, and a candidate gets tables to be filled before its build. `dbt --empty` would
    not do: it leaves views that return nothing.
-#}
{% macro is_structure_only() -%}
    {{ return(target.name in ["structure", "candidate_structure"]) }}
{%- endmacro %}


{#- dbt's own `create table as`; without rows for a live table in such a run. -#}
{% macro get_create_table_as_sql(temporary, relation, sql) -%}
    {%- if is_structure_only() and not temporary and model.config.materialized == "incremental" -%}
        {%- set sql = "select * from (\n" ~ sql ~ "\n) as no_row where false" -%}
    {%- endif -%}
    {{ adapter.dispatch("get_create_table_as_sql", "dbt")(temporary, relation, sql) }}
{%- endmacro %}
