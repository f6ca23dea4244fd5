{#- The live tables of the ledger's own schema, as nodes of dbt's graph, by name; none while dbt parses the project. -#}
{% macro live_tables() -%}
    {%- set tables = [] -%}
    {%- if execute -%}
        {#- A unit test has no graph. -#}
        {%- set nodes = graph.get("nodes", {}).values() -%}
        {%- set nodes = nodes | selectattr("config.materialized", "equalto", "incremental") -%}
        {%- for node in nodes | sort(attribute="name") if node.schema == target.schema -%}
            {%- do tables.append(node) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(tables) }}
{%- endmacro %}


{#- The models that declare keys, as nodes of dbt's graph, by name; none while dbt parses the project. -#}
{% macro keyed_tables() -%}
    {%- set nodes = graph.nodes.values() if execute else [] -%}
    {%- set keyed = nodes | selectattr("constraints", "defined") | selectattr("constraints") -%}
    {{ return(keyed | sort(attribute="name") | list) }}
{%- endmacro %}


{#- Every declared foreign key of one column, by table and column: a list of {table, column, parent, parent_column}. -#}
{% macro foreign_keys() -%}
    {%- set found = [] -%}
    {%- for table in keyed_tables() -%}
        {%- for key in table.constraints | selectattr("type", "equalto", "foreign_key") | sort(attribute="columns") -%}
            {%- do found.append({
                "table": table,
                "column": key.columns[0],
                "parent": referenced_model(key),
                "parent_column": key.to_columns[0],
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#-
    The model that a declared foreign key references, as a node of dbt's graph. The declaration says `ref('clients')`.
-#}
{% macro referenced_model(key) -%}
    {%- set name = modules.re.search("ref\\('(\\w+)'\\)", key.to).group(1) -%}
    {%- set models = graph.nodes.values() | selectattr("resource_type", "equalto", "model") -%}
    {{ return(models | selectattr("name", "equalto", name) | first) }}
{%- endmacro %}


{#- The relation of a node of dbt's graph. -#}
{% macro relation_of(node) -%}
    {{ return(api.Relation.create(node.database, node.schema, node.alias)) }}
{%- endmacro %}
