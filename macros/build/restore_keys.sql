{#-
    Puts back every primary, unique and foreign key that a mart declares and its table lacks.

    PostgreSQL drops the foreign keys on a table that is dropped with `cascade`, and dbt adds constraints only
    when it makes a table, so a key that was lost once would stay lost. Constraints are looked up by table and
    columns: their names are not stable.
-#}
{% macro restore_keys() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- for node in graph.nodes.values() | selectattr("resource_type", "equalto", "model") | sort(attribute="name") -%}
            {%- set relation = load_relation(api.Relation.create(node.database, node.schema, node.alias)) -%}
            {%- if node.constraints and relation -%}
                {%- for key in node.constraints if key.type not in ["check", "not_null"] -%}
                    {%- if not has_key(relation, key) -%}{% do add_key(relation, key) %}{%- endif -%}
                {%- endfor -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- Whether a table has a key of this type on exactly these columns. -#}
{% macro has_key(relation, key) %}
    {%- set letter = {"primary_key": "p", "unique": "u", "foreign_key": "f"}[key.type] -%}
    {%- set found = run_query(
        "select 1 from pg_constraint as con where con.conrelid = '" ~ relation ~ "'::regclass and con.contype = '" ~ letter
        ~ "' and (select array_agg(att.attname::text order by att.attname) from pg_attribute as att "
        ~ "where att.attrelid = con.conrelid and att.attnum = any(con.conkey)) = array['"
        ~ key.columns | sort | join("', '") ~ "']"
    ) -%}
    {{ return(found | length > 0) }}
{% endmacro %}


{#- Adds a missing key; a foreign key first without looking at the rows, then looking, to hold its lock briefly. -#}
{% macro add_key(relation, key) %}
    {%- set columns = key.columns | join(", ") -%}
    {%- if key.type == "foreign_key" -%}
        {%- set name = "fk_" ~ local_md5(relation ~ columns)[:20] -%}
        {% do run_query(
            "alter table " ~ relation ~ " add constraint " ~ name ~ " foreign key (" ~ columns ~ ") references "
            ~ key.to ~ " (" ~ key.to_columns | join(", ") ~ ") not valid; "
            ~ "alter table " ~ relation ~ " validate constraint " ~ name ~ "; commit"
        ) %}
    {%- else -%}
        {% do run_query("alter table " ~ relation ~ " add " ~ key.type | replace("_", " ") ~ " (" ~ columns ~ "); commit") %}
    {%- endif -%}
    {{ log("Put back the " ~ key.type | replace("_", " ") ~ " of " ~ relation ~ " on " ~ columns, info=true) }}
{% endmacro %}
