{#-
    Live tables: changed row by row and never made anew. dbt's `incremental` with one strategy, `upsert`, and without the
    looks at columns that take most of its time: one `insert ... on conflict` writes a row only if a value in it changes.

    `meta: {keep: ...}` of a column says what a new value does to the known one (see `keep_rules`; `overwrite` is the
    default). `created_at` is set once; `updated_at` moves with a change. With `meta: {prune: true}` a table holds
    exactly the rows of its query: others are deleted. Columns that are new in the contract are added before the run
    (`add_columns`).
-#}
{% materialization incremental, adapter="postgres" %}
    {%- if config.get("incremental_strategy") != "upsert" -%}
        {{ exceptions.raise_compiler_error(this.name ~ ": an incremental model here has the strategy `upsert`") }}
    {%- endif -%}
    {%- if is_up_to_date() -%} {{ return({"relations": [this.incorporate(type="table")]}) }} {%- endif -%}
    {%- set known = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%}
        {%- if known is none or not known.is_table -%}
            {{ drop_known() }}
            {{ get_create_table_as_sql(false, this, rows_if_allowed(sql)) }}
            {{ create_own_indexes() }}
        {%- elif is_structure_only() or flags.EMPTY -%}
            select 0
        {%- else -%}
            {{ upsert_rows() }}
        {%- endif -%}
    {%- endcall -%}
    {%- set is_new = known is none or not known.is_table -%}
    {%- set written = "null" if is_new else load_result("main")["response"].rows_affected -%}
    {{ return(finish("table", count_rows(written) ~ note_state(writers_of(this)))) }}
{% endmaterialization %}


{#- Counts the rows for the planner, where `written` of them, null for all, are many. -#}
{% macro count_rows(written) -%}
    do $count$ begin
        if coalesce(
            {{ written }} < (select reltuples / 20 from pg_class where oid = '{{ this }}'::regclass and reltuples >= 0),
            false
        ) then null;
        else analyze {{ this }};
        end if;
    end $count$;
{%- endmacro %}


{#- Writes the rows of the model's query that differ. -#}
{% macro upsert_rows() %}
    {%- set key = config.require("unique_key") -%}
    {%- set keys = [key] if key is string else key -%}
    {%- set names = model.columns.keys() | list -%}
    {%- set data = names | reject("in", keys + ["created_at", "updated_at"]) | list -%}
    {%- set rows = "(\n" ~ sql ~ "\n)" -%}

    {% if config.get("meta", {}).get("prune") -%}
    {%- set rows = adapter.quote(this.identifier ~ "__new") -%}
    create temporary table {{ rows }} on commit drop as ({{ sql }});

    delete from {{ this }} as known
    where not exists (
        select 1 from {{ rows }} as given
        where {% for name in keys %}given.{{ name }} = known.{{ name }}{{ " and " if not loop.last }}{% endfor %}
    );
    {%- endif %}

    insert into {{ this }} as known ({{ names | join(", ") }})
    select {{ names | join(", ") }} from {{ rows }} as given
    {#- A row that `on conflict` meets is locked, and so written, even where nothing is to be set. #}
    where not exists (
        select 1 from {{ this }} as known
        where
            {% for name in keys %}given.{{ name }} = known.{{ name }}{{ " and " if not loop.last }}{% endfor %}
            {%- if data %}
            and ({% for name in data %}known.{{ name }}{{ ", " if not loop.last }}{% endfor %})
            is not distinct from
            ({% for name in data %}{{ upserted_value(name, "given") }}{{ ", " if not loop.last }}{% endfor %})
            {%- endif %}
    )
    on conflict ({{ keys | join(", ") }})
    {%- if data %} do update set
        {%- for name in data %}
        {{ name }} = {{ upserted_value(name, "excluded") }},
        {%- endfor %}
        updated_at = excluded.updated_at
    {%- else %} do nothing
    {%- endif %}
{% endmacro %}


{#- What a column holds after an upsert, by its rule: `known` is the row in the table, `given` the name of the new one. -#}
{% macro upserted_value(name, given) -%}
    {%- set rule = column_rule(model, name) -%}
    {%- if rule == "first" -%} coalesce(known.{{ name }}, {{ given }}.{{ name }})
    {%- elif rule == "when_empty" -%} coalesce({{ given }}.{{ name }}, known.{{ name }})
    {%- elif rule == "never" -%} known.{{ name }}
    {%- else -%} {{ given }}.{{ name }}
    {%- endif -%}
{%- endmacro %}
