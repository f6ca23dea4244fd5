{#-
    Whether a run creates tables, columns and views only, without a row in a live table: rows of production are
    published from a plan, all or none, and a candidate gets tables to be filled before its build. `dbt --empty` would
    not do: it leaves views that return nothing.
-#}
{% macro is_structure_only() -%}
    {{ return(target.name in ["structure", "candidate_structure"]) }}
{%- endmacro %}


{#- A query of a live table: without rows in such a run. -#}
{% macro rows_if_allowed(sql) -%}
    {%- if is_structure_only() -%} select * from ({{ sql }}) as no_row where false
    {%- else -%} {{ sql }}
    {%- endif -%}
{%- endmacro %}
