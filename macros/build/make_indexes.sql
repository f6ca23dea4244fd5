{#-
    Creates each index that a live table declares and lacks, after its rows are written: that is faster, and dbt creates
    its own `indexes` only together with the table, so a ledger built by an earlier version would never get a new one.

    `meta: {btree_indexes: {<name>: <columns>}}` declares an index on columns, `meta: {text_search_indexes: {<name>:
    <text>}}` one on the words of a text. An index is identified by its name: change the name to change the definition.
    A candidate is left out: it has copies of the live tables' indexes, under names that PostgreSQL chose.
-#}
{% macro make_indexes() %}
    {%- if execute and flags.WHICH in ["build", "run"] and target.name != "candidate" -%}
        {%- set models = graph.nodes.values() | selectattr("resource_type", "equalto", "model") | list -%}
        {%- set present = existing_indexes(models | map(attribute="schema") | unique | list) -%}
        {%- for model in models | sort(attribute="name") if (model.schema, model.alias) in present -%}
            {%- set existing = present[(model.schema, model.alias)] -%}
            {%- set relation = relation_of(model) -%}
            {%- set statements = [] -%}
            {%- for name, columns in model.config.meta.get("btree_indexes", {}).items() if name not in existing -%}
                {%- do statements.append("create index " ~ name ~ " on " ~ relation ~ " (" ~ columns ~ ")") -%}
            {%- endfor -%}
            {%- for name, text in model.config.meta.get("text_search_indexes", {}).items() if name not in existing -%}
                {%- set words = search_vector(text) -%}
                {%- do statements.append("create index " ~ name ~ " on " ~ relation ~ " using gin (" ~ words ~ ")") -%}
            {%- endfor -%}
            {%- if statements -%}
                {#- PostgreSQL counts how rare a word is only where an index has it. -#}
                {% do run_query((statements + ["analyze " ~ relation, "commit"]) | join("; ")) %}
                {{ log(statements | join("; ")) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The tables of some schemas, each with the names of its indexes: {(schema, table): [name, ...]}. -#}
{% macro existing_indexes(schemas) %}
    {%- set found = run_query(
        "select nspname, tables.relname, indexes.relname from pg_class as tables "
        ~ "inner join pg_namespace on tables.relnamespace = pg_namespace.oid "
        ~ "left join pg_index on indrelid = tables.oid left join pg_class as indexes on indexrelid = indexes.oid "
        ~ "where tables.relkind in ('r', 'p') and nspname in ('" ~ schemas | join("', '") ~ "')"
    ) -%}
    {%- set present = {} -%}
    {%- for row in found.rows -%}
        {%- do present.setdefault((row[0], row[1]), []).append(row[2]) -%}
    {%- endfor -%}
    {{ return(present) }}
{% endmacro %}
