{#-
    Replaces the check constraint of a column where the model now declares other values than the table allows.

    dbt adds constraints only when it creates a table, so a ledger built by an earlier version would refuse new values.
    PostgreSQL stores a check in its own wording, so the quoted values are compared and not the text.
-#}
{% macro refresh_checks() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- set present = existing_checks(keyed_tables() | map(attribute="schema") | unique | list) -%}
        {%- for table in keyed_tables() -%}
            {%- for column in table.columns.values() -%}
                {%- for check in column.constraints | default([]) if check.type == "check" -%}
                    {%- set known = present.get((table.schema, table.alias, column.name)) -%}
                    {%- if known and quoted_values(known.definition) != quoted_values(check.expression) -%}
                        {%- set relation = relation_of(table) -%}
                        {% do run_query(
                            "alter table " ~ relation ~ " drop constraint " ~ adapter.quote(known.name)
                            ~ ", add check (" ~ check.expression ~ "); commit"
                        ) %}
                        {{ log("Replaced the check of " ~ relation ~ "." ~ column.name, info=true) }}
                    {%- endif -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The checks of a single column in some schemas: {(schema, table, column): {name, definition}}. -#}
{% macro existing_checks(schemas) %}
    {%- set found = run_query(
        "select nspname, relname, attname, conname, pg_get_constraintdef(pg_constraint.oid) from pg_constraint "
        ~ "inner join pg_class on conrelid = pg_class.oid inner join pg_namespace on relnamespace = pg_namespace.oid "
        ~ "inner join pg_attribute on attrelid = conrelid and attnum = conkey[1] "
        ~ "where contype = 'c' and cardinality(conkey) = 1 and nspname in ('" ~ schemas | join("', '") ~ "')"
    ) -%}
    {%- set checks = {} -%}
    {%- for row in found.rows -%}
        {%- do checks.update({(row[0], row[1], row[2]): {"name": row[3], "definition": row[4]}}) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}


{#- The quoted values of an SQL expression, sorted. -#}
{% macro quoted_values(expression) %}
    {{ return(modules.re.findall("'([^']*)'", expression) | sort) }}
{% endmacro %}
