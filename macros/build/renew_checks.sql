{#-
    Puts the check of a column anew where it allows other values than the mart declares now.

    dbt adds constraints only when it makes a table, so a ledger that an earlier version built would refuse values that are
    new. PostgreSQL rewrites what a check says; the values in it are compared.
-#}
{% macro renew_checks() %}
    {%- if execute and flags.WHICH in ["build", "run"] -%}
        {%- set present = checks_of(graph.nodes.values() | selectattr("constraints", "defined") | map(attribute="schema") | unique | list) -%}
        {%- for mart in graph.nodes.values() | selectattr("columns", "defined") | sort(attribute="name") -%}
            {%- for column in mart.columns.values() -%}
                {%- for check in column.constraints | default([]) if check.type == "check" -%}
                    {%- set known = present.get((mart.schema, mart.alias, column.name)) -%}
                    {%- if known and values_in(known.definition) != values_in(check.expression) -%}
                        {%- set relation = api.Relation.create(mart.database, mart.schema, mart.alias) -%}
                        {% do run_query(
                            "alter table " ~ relation ~ " drop constraint " ~ adapter.quote(known.name)
                            ~ ", add check (" ~ check.expression ~ "); commit"
                        ) %}
                        {{ log("Renewed the check of " ~ relation ~ "." ~ column.name, info=true) }}
                    {%- endif -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The checks of one column each that some schemas hold: {(schema, table, column): {name, definition}}. -#}
{% macro checks_of(schemas) %}
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


{#- The quoted values of an expression in the order of the alphabet. -#}
{% macro values_in(expression) %}
    {{ return(modules.re.findall("'([^']*)'", expression) | sort) }}
{% endmacro %}
