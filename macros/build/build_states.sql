{#-
    What a build need not do again: `<schema>_intermediate.build_states` has, for each model, a hash of the `inputs` that
    it was built with and the `state` of its rows, and for each test the inputs with which it has passed. Where a node's
    inputs are those noted, its rows are what they were, and nothing is asked but that.

    | node | state |
    |---|---|
    | view | empty: those who read it read the tables behind it |
    | table | a hash of its rows and rules: a table that was made anew with the same rows changes nothing behind it |
    | live table | the transactions that wrote its rows, so that what others wrote shows at the start of the next run |
    | `read_once`, `by_key` | when a build last wrote to it |
    | source | the transactions that wrote the tables that its `meta: {tells_what_is_new: true}` names |
    | `outside` | when a live table was last found other than the build had left it; an input of everything |
-#}
{% macro build_states() -%}
    "{{ target.schema }}_intermediate"."build_states"
{%- endmacro %}


{#- Whether a run goes by states: not one without rows, nor one of a candidate, which is built once. -#}
{% macro has_states() -%}
    {{ return(not (is_structure_only() or flags.EMPTY or target.name.startswith("candidate"))) }}
{%- endmacro %}


{#-
    Creates the table where it is missing, and notes what others have written; a run without states forgets them. A hook
    at the start of each run.
-#}
{% macro find_states() %}
    {%- if execute and flags.WHICH in ["build", "run", "test"] -%}
        {% do run_query(
            "create table if not exists " ~ build_states() ~ " (node text primary key, inputs text, state text, "
            ~ "built_at timestamptz not null default now()); "
            ~ (note_written() if has_states() else "delete from " ~ build_states()) ~ "; commit"
        ) %}
    {%- endif -%}
{% endmacro %}


{#- A statement that notes the states of the sources and of the live tables. -#}
{% macro note_written() -%}
    {%- set live = graph.nodes.values() | selectattr("config.materialized", "equalto", "incremental") -%}
    with found as (
        {%- for name, tables in telling_tables().items() %}
        select
            '{{ name }}' as node,
            false as is_live,
            concat_ws('|' {%- for each in tables %}, {{ writers_of(each) }}{% endfor %}) as state
        union all
        {%- endfor %}
        {%- for table in live if load_relation(relation_of(table)) %}
        select '{{ table.name }}', true, {{ writers_of(relation_of(table)) }}
        union all
        {%- endfor %}
        select null, false, null
    ),

    differing as (
        select found.*, known.node is not null as is_noted
        from found left join {{ build_states() }} as known using (node)
        where found.node is not null and known.state is distinct from found.state
    )

    insert into {{ build_states() }} as known (node, state)
    select node, state from differing
    union all
    select 'outside', clock_timestamp()::text where exists (select 1 from differing where is_live and is_noted)
    on conflict (node) do update set state = excluded.state
{%- endmacro %}


{#- The tables of each source that tell what is new in it: {"source.<name>": [relation, ...]}. -#}
{% macro telling_tables() -%}
    {%- set found = {} -%}
    {%- for table in graph.sources.values() if table.meta.get("tells_what_is_new") -%}
        {%- do found.setdefault("source." ~ table.source_name, []).append(
            api.Relation.create(table.database, table.schema, table.identifier)
        ) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#- How many rows a table has, and which transactions wrote them: every change makes another one. As SQL. -#}
{% macro writers_of(relation) -%}
    (select count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from {{ relation }})
{%- endmacro %}
