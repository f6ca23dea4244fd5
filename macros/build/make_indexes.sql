{#-
    Makes every index that a mart declares and its table lacks, after the rows have come: that is quicker, and dbt's own
    `indexes` are made with their table alone, so a ledger that an earlier version built would never get one.

    `meta: {ordered: {<name>: <columns>}}` asks for an index on columns in their order, `meta: {searched: {<name>:
    <text>}}` for one of the words of a text. An index is known by its name: another definition wants another name. A
    candidate has copies of the indexes of the live tables, under names of PostgreSQL's.
-#}
{% macro make_indexes() %}
    {%- if execute and flags.WHICH in ["build", "run"] and target.name != "candidate" -%}
        {%- set marts = graph.nodes.values() | selectattr("resource_type", "equalto", "model") | sort(attribute="name") | list -%}
        {%- set present = indexes_of(marts | map(attribute="schema") | unique | list) -%}
        {%- for mart in marts if (mart.schema, mart.alias) in present -%}
            {%- set there = present[(mart.schema, mart.alias)] -%}
            {%- set relation = api.Relation.create(mart.database, mart.schema, mart.alias) -%}
            {%- set made = [] -%}
            {%- for name, columns in mart.config.meta.get("ordered", {}).items() if name not in there -%}
                {%- do made.append("create index " ~ name ~ " on " ~ relation ~ " (" ~ columns ~ ")") -%}
            {%- endfor -%}
            {%- for name, text in mart.config.meta.get("searched", {}).items() if name not in there -%}
                {%- do made.append("create index " ~ name ~ " on " ~ relation ~ " using gin (" ~ words_of(text) ~ ")") -%}
            {%- endfor -%}
            {%- if made -%}
                {#- How rare a word is, PostgreSQL counts only where an index has it. -#}
                {% do run_query((made + ["analyze " ~ relation, "commit"]) | join("; ")) %}
                {{ log(made | join("; ")) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The tables of some schemas, each with the names of its indexes: {(schema, table): [name, ...]}. -#}
{% macro indexes_of(schemas) %}
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
