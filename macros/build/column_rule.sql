{#- What an upsert does with a new value: every rule by its name, with its meaning. -#}
{% macro keep_rules() -%}
    {{ return({
        "overwrite": "The new value is written, an empty one too.",
        "when_empty": "The new value is written, but an empty one erases nothing.",
        "first": "What is known stays; only an empty value is filled.",
        "never": "Written once, when the row is made: people type it into the table, or it is history.",
        "key": "Says which row it is; never changes.",
        "on_change": "Moves when another value of the row does.",
    }) }}
{%- endmacro %}


{#-
    The rule of one column of a live table: its `meta: {keep: ...}`, `overwrite` if it declares none or follows a cell
    with `meta: {emptied: clear}`. Keys, `created_at` and `updated_at` have fixed rules. `table` is the node in dbt's graph.
-#}
{% macro column_rule(table, name) -%}
    {%- set key = table.config.unique_key -%}
    {%- if name in ([key] if key is string else key) %}{{ return("key") }}{% endif -%}
    {%- if name == "updated_at" %}{{ return("on_change") }}{% endif -%}
    {%- if name == "created_at" %}{{ return("never") }}{% endif -%}
    {%- set rule = table.columns.get(name, {}).get("meta", {}).get("keep", "overwrite") -%}
    {#- What empties a cell of an export empties the ledger: `int_campaigns` has settled what is known. -#}
    {%- if rule == "when_empty" and table.name == "campaigns" -%}
        {%- for parts in cleared_cells(table.columns).values() if name in parts.ledger -%}
            {{ return("overwrite") }}
        {%- endfor -%}
    {%- endif -%}
    {%- if rule not in ["overwrite", "when_empty", "first", "never"] -%}
        {{ exceptions.raise_compiler_error(table.name ~ "." ~ name ~ ": unknown rule `keep: " ~ rule ~ "`") }}
    {%- endif -%}
    {{ return(rule) }}
{%- endmacro %}
