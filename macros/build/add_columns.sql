{#-
    Adds each column that a live table declares and lacks, so that a ledger built by an earlier version goes on. One
    query for all tables.
-#}
{% macro add_columns() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- set nodes = graph.nodes.values() | selectattr("config.materialized", "equalto", "incremental") | list -%}
        {%- set present = existing_columns(nodes | map(attribute="schema") | unique | list) -%}
        {%- for table in nodes if (table.schema, table.alias) in present -%}
            {%- for column in table.columns.values() if column.name not in present[(table.schema, table.alias)] -%}
                {% do run_query(
                    "alter table " ~ relation_of(table) ~ " add column " ~ column.name ~ " " ~ column.data_type
                    ~ "; commit"
                ) %}
                {{ log("Added the column " ~ relation_of(table) ~ "." ~ column.name, info=true) }}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The tables of some schemas, each with the names of its columns: {(schema, table): [name, ...]}. -#}
{% macro existing_columns(schemas) %}
    {%- set found = run_query(
        "select nspname, relname, string_agg(attname, ' ') from pg_class "
        ~ "inner join pg_namespace on relnamespace = pg_namespace.oid "
        ~ "inner join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped "
        ~ "where relkind in ('r', 'p') and nspname in ('" ~ schemas | join("', '") ~ "') group by nspname, relname"
    ) -%}
    {%- set present = {} -%}
    {%- for row in found.rows -%}
        {%- do present.update({(row[0], row[1]): row[2].split(" ")}) -%}
    {%- endfor -%}
    {{ return(present) }}
{% endmacro %}
