{#-
    Puts back every primary, unique and foreign key that a mart declares and its table lacks.

    PostgreSQL drops the foreign keys on a table that is dropped with `cascade`, and dbt adds constraints only
    when it makes a table, so a key that was lost once would stay lost. Constraints are looked up by table and
    columns: their names are not stable.
-#}
{% macro restore_keys() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- set marts = graph.nodes.values() | selectattr("constraints", "defined") | selectattr("constraints") | list -%}
        {%- set present = keys_of(marts | map(attribute="schema") | unique | list) -%}
        {%- for mart in marts | sort(attribute="name") if (mart.schema, mart.alias) in present['tables'] -%}
            {%- for key in mart.constraints if key.type in ["primary_key", "unique", "foreign_key"] -%}
                {%- if (mart.schema, mart.alias, key.type, key.columns | sort | join(",")) not in present['keys'] -%}
                    {% do add_key(api.Relation.create(mart.database, mart.schema, mart.alias), key) %}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#-
    What some schemas hold: `tables` as (schema, table), and `keys` as (schema, table, type, columns in alphabetical
    order). One question for all tables.
-#}
{% macro keys_of(schemas) %}
    {%- set found = run_query(
        "select nspname, relname, contype::text, (select string_agg(attname, ',' order by attname) from pg_attribute "
        ~ "where attrelid = conrelid and attnum = any(conkey)) from pg_class "
        ~ "inner join pg_namespace on relnamespace = pg_namespace.oid "
        ~ "left join pg_constraint on conrelid = pg_class.oid and contype in ('p', 'u', 'f') "
        ~ "where relkind in ('r', 'p') and nspname in ('" ~ schemas | join("', '") ~ "')"
    ) -%}
    {%- set present = {"tables": [], "keys": []} -%}
    {%- set types = {"p": "primary_key", "u": "unique", "f": "foreign_key"} -%}
    {%- for row in found.rows -%}
        {%- do present["tables"].append((row[0], row[1])) -%}
        {%- do present["keys"].append((row[0], row[1], types.get(row[2]), row[3])) -%}
    {%- endfor -%}
    {{ return(present) }}
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
