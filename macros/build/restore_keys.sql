{#-
    Restores each primary, unique and foreign key that a live table declares and lacks.

    PostgreSQL drops the foreign keys on a table that is dropped with `cascade`, and dbt adds constraints only when it
    creates a table, so a lost key would stay lost. Keys are looked up by table and columns: their names are not stable.
-#}
{% macro restore_keys() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- set present = existing_keys(keyed_tables() | map(attribute="schema") | unique | list) -%}
        {%- for table in keyed_tables() if (table.schema, table.alias) in present["tables"] -%}
            {%- for key in table.constraints if key.type in ["primary_key", "unique", "foreign_key"] -%}
                {#- A parent that is still to be built waits for the end of the run. -#}
                {%- set parent = referenced_model(key) if key.type == "foreign_key" else table -%}
                {%- if
                    (table.schema, table.alias, key.type, key.columns | sort | join(",")) not in present["keys"]
                    and (parent.schema, parent.alias) in present["tables"]
                -%}
                    {% do add_key(relation_of(table), key) %}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#-
    What some schemas hold: `tables` as (schema, table), and `keys` as (schema, table, type, column names sorted and
    joined by commas). One query for all tables.
-#}
{% macro existing_keys(schemas) %}
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


{#-
    Adds a missing key and logs it; a foreign key first `not valid` and then validated, so that it holds its lock
    briefly.
-#}
{% macro add_key(relation, key) %}
    {%- set columns = key.columns | join(", ") -%}
    {%- if key.type == "foreign_key" -%}
        {%- set name = "fk_" ~ local_md5(relation ~ columns)[:20] -%}
        {% do run_query(
            "alter table " ~ relation ~ " add constraint " ~ name ~ " foreign key (" ~ columns ~ ") references "
            ~ relation_of(referenced_model(key)) ~ " (" ~ key.to_columns | join(", ") ~ ") not valid; "
            ~ "alter table " ~ relation ~ " validate constraint " ~ name ~ "; commit"
        ) %}
    {%- else -%}
        {%- set type = key.type | replace("_", " ") -%}
        {% do run_query("alter table " ~ relation ~ " add " ~ type ~ " (" ~ columns ~ "); commit") %}
    {%- endif -%}
    {{ log("Restored the " ~ key.type | replace("_", " ") ~ " of " ~ relation ~ " on " ~ columns, info=true) }}
{% endmacro %}
