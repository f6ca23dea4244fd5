{#-
    Incremental strategy `upsert`: one `insert ... on conflict` that writes a row only if a value in it changes.

    `meta: {keep: ...}` of a column says what a new value does to the known one (see `keep_rules`; `overwrite` is the
    default). `created_at` is set once; `updated_at` moves with a change. With `meta: {prune: true}` a table holds
    exactly the rows of its query: others are deleted.
-#}
{% macro get_incremental_upsert_sql(arg_dict) %}
    {%- set target = arg_dict["target_relation"] -%}
    {%- set rows = arg_dict["temp_relation"] -%}
    {%- set key = arg_dict["unique_key"] -%}
    {%- set keys = [key] if key is string else key -%}
    {%- set names = arg_dict["dest_columns"] | map(attribute="name") | list -%}
    {%- set data = names | reject("in", keys + ["created_at", "updated_at"]) | list -%}

    {% if config.get("meta", {}).get("prune") and not is_structure_only() -%}
    delete from {{ target }} as known
    where not exists (
        select 1 from {{ rows }} as given
        where {% for name in keys %}given.{{ name }} = known.{{ name }}{{ " and " if not loop.last }}{% endfor %}
    );
    {%- endif %}

    insert into {{ target }} as known ({{ names | join(", ") }})
    select {{ names | join(", ") }} from {{ rows }}
    where not {{ is_structure_only() }}
    on conflict ({{ keys | join(", ") }})
    {%- if data %} do update set
        {%- for name in data %}
        {{ name }} = {{ upserted_value(name) }},
        {%- endfor %}
        updated_at = excluded.updated_at
    where
        ({% for name in data %}known.{{ name }}{{ ", " if not loop.last }}{% endfor %})
        is distinct from
        ({% for name in data %}{{ upserted_value(name) }}{{ ", " if not loop.last }}{% endfor %})
    {%- else %} do nothing
    {%- endif %}
{% endmacro %}


{#- What a column holds after an upsert, by its rule: `known` is the row in the table, `excluded` the new one. -#}
{% macro upserted_value(name) -%}
    {%- set rule = column_rule(model, name) -%}
    {%- if rule == "first" -%} coalesce(known.{{ name }}, excluded.{{ name }})
    {%- elif rule == "when_empty" -%} coalesce(excluded.{{ name }}, known.{{ name }})
    {%- elif rule == "never" -%} known.{{ name }}
    {%- else -%} excluded.{{ name }}
    {%- endif -%}
{%- endmacro %}
