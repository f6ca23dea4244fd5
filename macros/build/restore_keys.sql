{#-
    Puts back every primary, unique and foreign key that a mart declares and its table lacks.

    PostgreSQL drops the foreign keys on a table that is dropped with `cascade`, and dbt adds constraints only
    when it makes a table, so a key that was lost once would stay lost. Constraints are looked up by table and
    columns: their names are not stable.
-#}
{% macro restore_keys() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- for node in graph.nodes.values() | sort(attribute="name") if node.constraints -%}
            {%- set relation = load_relation(api.Relation.create(node.database, node.schema, node.alias)) -%}
            {%- if relation -%}
                {%- set present = keys_of(relation) -%}
                {%- for key in node.constraints if key.type not in ["check", "not_null"] -%}
                    {%- if (key.type, key.columns | sort | join(",")) not in present -%}{% do add_key(relation, key) %}{%- endif -%}
                {%- endfor -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The keys that a table has, as (type, columns in alphabetical order). -#}
{% macro keys_of(relation) %}
    {%- set found = run_query(
        "select contype::text, (select string_agg(attname, ',' order by attname) from pg_attribute "
        ~ "where attrelid = conrelid and attnum = any(conkey)) from pg_constraint "
        ~ "where contype in ('p', 'u', 'f') and conrelid = '" ~ relation ~ "'::regclass"
    ) -%}
    {%- set keys = [] -%}
    {%- for row in found.rows -%}
        {%- do keys.append(({"p": "primary_key", "u": "unique", "f": "foreign_key"}[row[0]], row[1])) -%}
    {%- endfor -%}
    {{ return(keys) }}
{% endmacro %}


{#- The table that a declared foreign key points at: the declaration says `ref('clients')`. -#}
{% macro parent_of(key) %}
    {%- set name = key.to | replace("ref('", "") | replace("')", "") -%}
    {%- set parent = graph.nodes.values() | selectattr("resource_type", "equalto", "model") | selectattr("name", "equalto", name) | first -%}
    {{ return(api.Relation.create(parent.database, parent.schema, parent.alias)) }}
{% endmacro %}


{#- Adds a missing key; a foreign key first without looking at the rows, then looking, to hold its lock briefly. -#}
{% macro add_key(relation, key) %}
    {%- set columns = key.columns | join(", ") -%}
    {%- if key.type == "foreign_key" -%}
        {%- set name = "fk_" ~ local_md5(relation ~ columns)[:20] -%}
        {% do run_query(
            "alter table " ~ relation ~ " add constraint " ~ name ~ " foreign key (" ~ columns ~ ") references "
            ~ parent_of(key) ~ " (" ~ key.to_columns | join(", ") ~ ") not valid; "
            ~ "alter table " ~ relation ~ " validate constraint " ~ name ~ "; commit"
        ) %}
    {%- else -%}
        {% do run_query("alter table " ~ relation ~ " add " ~ key.type | replace("_", " ") ~ " (" ~ columns ~ "); commit") %}
    {%- endif -%}
    {{ log("Put back the " ~ key.type | replace("_", " ") ~ " of " ~ relation ~ " on " ~ columns, info=true) }}
{% endmacro %}
