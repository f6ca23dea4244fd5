{#-
    Incremental strategy `upsert`: one `insert ... on conflict` that writes a row only when a value in it changes.

    What a new value does to a known one is declared per column, as `meta: {keep: ...}`; `keep_rules` says what
    each word means, `overwrite` holds where a column declares nothing.
    `created_at` is set once; `updated_at` moves with a change. A model with `meta: {prune: true}` holds exactly
    what its query gives: rows that the query no longer gives are deleted.
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
        {{ name }} = {{ kept_value(name) }},
        {%- endfor %}
        updated_at = excluded.updated_at
    where
        ({% for name in data %}known.{{ name }}{{ ", " if not loop.last }}{% endfor %})
        is distinct from
        ({% for name in data %}{{ kept_value(name) }}{{ ", " if not loop.last }}{% endfor %})
    {%- else %} do nothing
    {%- endif %}
{% endmacro %}


{#- What a column holds after an upsert, by its rule. -#}
{% macro kept_value(name) -%}
    {%- set rule = column_rule(model, name) -%}
    {%- if rule == "first" -%} coalesce(known.{{ name }}, excluded.{{ name }})
    {%- elif rule == "when_empty" -%} coalesce(excluded.{{ name }}, known.{{ name }})
    {%- elif rule == "never" -%} known.{{ name }}
    {%- else -%} excluded.{{ name }}
    {%- endif -%}
{%- endmacro %}
