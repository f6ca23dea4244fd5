{#-
    Whether a node's inputs are those noted, and a model's relation is there. Then the result `main` is that nothing was
    to be done, or that a test found nothing; no transaction has begun.
-#}
{% macro is_up_to_date() -%}
    {#- A test of what no table holds, such as keys, is always asked. -#}
    {%- set is_asked = model.config.get("meta", {}).get("is_always_asked", false) -%}
    {%- if is_asked or should_full_refresh() or not has_states() -%} {{ return(false) }} {%- endif -%}
    {%- call statement("main", fetch_result=true, auto_begin=false) -%}
        select 0 as failures, false as should_warn, false as should_error from {{ build_states() }}
        where
            node = '{{ model.name }}' and inputs = {{ inputs_hash() }}
            {%- if model.resource_type == "model" %}
            and to_regclass('{{ this.include(database=false) }}') is not null
            {%- endif %}
    {%- endcall -%}
    {%- if load_result("main").table.rows | length == 0 -%} {{ return(false) }} {%- endif -%}
    {%- if model.resource_type == "model" -%}
        {%- do store_raw_result("main", message="unchanged", code="SELECT", rows_affected=0) -%}
    {%- endif -%}
    {{ return(true) }}
{%- endmacro %}


{#- A hash of a table's rows, in any order, and of the model's rules. As SQL. -#}
{% macro rows_state(relation) -%}
    (
        select concat_ws(' ', count(*), sum(hashtextextended(made::text, 0)), '{{ making_hash() }}', {{ rules_hash() }})
        from {{ relation }} as made
    )
{%- endmacro %}


{#-
    A hash of all that a node's rows, or a test's answer, come from: how it is made, its rules, the notes of what it has
    read, and the states of what it reads. `date_orders` is left out: it is written behind its readers, from files that are their inputs, too.
-#}
{% macro inputs_hash() -%}
    {#- A view holds no rows. -#}
    {%- set names = [] if model.config.materialized == "view" else tables_behind(model) | unique | list -%}
    md5(concat_ws(
        '|',
        '{{ making_hash() }}',
        {{ rules_hash() }},
        {%- if model.resource_type == "model" %}
        (
            select concat_ws(' ', count(*), sum(hashtextextended(version || rules, 0))) from {{ read_files() }}
            where model = '{{ model.name }}'
        ),
        {%- endif %}
        (
            select string_agg(node || ' ' || state, '|' order by node) from {{ build_states() }}
            where node in ('outside' {%- for name in names if name != "date_orders" %}, '{{ name }}'{% endfor %})
        )
    ))
{%- endmacro %}


{#- The tables and sources that a node reads, itself or through views: names, of sources with `source.` before them. -#}
{% macro tables_behind(node) -%}
    {%- set found = [] -%}
    {%- for id in node.depends_on.nodes | sort -%}
        {%- if id in graph.sources -%}
            {%- do found.append("source." ~ graph.sources[id].source_name) -%}
        {%- elif graph.nodes[id].config.materialized in ["ephemeral", "view"] -%}
            {%- do found.extend(tables_behind(graph.nodes[id])) -%}
        {%- else -%}
            {%- do found.append(graph.nodes[id].name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#- A hash of how a model's rows get into its table. -#}
{% macro making_hash() -%}
    {%- set making = [model.config.materialized, model.config.get("indexes", [])] -%}
    {%- if model.config.materialized == "incremental" -%}
        {%- do making.append(without_known(upsert_rows())) -%}
    {%- endif -%}
    {{ return(local_md5(tojson(making))) }}
{%- endmacro %}


{#- A statement that notes the node's inputs, and its `state`, SQL; the state that is noted stays unless given. -#}
{% macro note_state(state="null") -%}
    {%- if not has_states() -%} select 1
    {%- else -%}
    insert into {{ build_states() }} as known (node, inputs, state)
    values ('{{ model.name }}', {{ inputs_hash() }}, {{ state }})
    on conflict (node) do update
        set inputs = excluded.inputs, state = coalesce(excluded.state, known.state), built_at = now()
    {%- endif -%}
{%- endmacro %}
