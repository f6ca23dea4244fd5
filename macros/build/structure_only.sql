{#-
    Whether a run is to make tables, columns and views alone, without any row in a live table: rows are published from
    a plan, all or none. A candidate may get tables in the same way, to be filled before its build. `dbt --empty` is no
    way to do it: it leaves views that show nothing.
-#}
{% macro is_structure_only() -%}
    {{ return(target.name in ["structure", "candidate_structure"]) }}
{%- endmacro %}


{#- dbt's own statement that makes a table, for a live one without its rows. -#}
{% macro get_create_table_as_sql(temporary, relation, sql) -%}
    {%- if is_structure_only() and not temporary and model.config.materialized == "incremental" -%}
        {%- set sql = "select * from (\n" ~ sql ~ "\n) as no_row where false" -%}
    {%- endif -%}
    {{ adapter.dispatch("get_create_table_as_sql", "dbt")(temporary, relation, sql) }}
{%- endmacro %}
