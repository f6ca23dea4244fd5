{#-
    Whether a model's table is there and this run goes on with it. In place of dbt's own macro, which knows no
    materialisation of a project.
-#}
{% macro is_incremental() -%}
    {%- set known = load_cached_relation(this) if execute else none -%}
    {{ return(known is not none and known.is_table and not should_full_refresh()) }}
{%- endmacro %}


{#- A condition that a value of `column` is not in the model's table yet, with ` and ` before it. -#}
{% macro unless_known(column, rows) -%}
    {% if is_incremental() -%}
    /*known*/
    and not exists (select 1 from {{ this }} as known where known.{{ column }} = {{ rows }}.{{ column }})
    /*known*/
    {%- endif %}
{%- endmacro %}


{#- A query without what asks for known rows, as the first run has it. -#}
{% macro without_known(sql) -%}
    {{ return(modules.re.sub("(?s)/[*]known[*]/.*?/[*]known[*]/", "", sql)) }}
{%- endmacro %}


{#-
    A hash of what a model does with a row, as SQL: the model's query, the functions of the ledger's schema, and what it
    reads: the rules of models, as they were built last, and the rows of seeds. Without the names of the database and of
    schemas, which differ in a copy and in a candidate, and without what asks for known rows, which the first run lacks.
-#}
{% macro rules_hash() -%}
    {%- set text = without_known(sql) | replace('"' ~ this.database ~ '".', "") -%}
    {%- set functions = ["text_key", "fold_case"] -%}
    {%- set parents = stored_parents(model) -%}
    md5(concat_ws(
        '|',
        '{{ local_md5(text | replace('"' ~ target.schema, '"') | replace("candidate_", "")) }}',
        (
            select string_agg(replace(prosrc, '"{{ target.schema }}', '"'), '|' order by proname) from pg_proc
            where oid in (
                {%- for name in functions %}
                to_regprocedure('"{{ target.schema }}".{{ name }}(text)'){{ "," if not loop.last }}
                {%- endfor %}
            )
        ),
        (
            select string_agg(distinct model || ' ' || rules, '|' order by model || ' ' || rules) from {{ read_files() }}
            where model in ('' {%- for name in parents.models %}, '{{ name }}'{% endfor %})
        )
        {%- for seed in parents.seeds %},
        ({{ rows_hash(relation_of(seed)) }})
        {%- endfor %}
    ))
{%- endmacro %}


{#- What a model reads, itself or in an ephemeral model: `models`, names, and `seeds`, nodes of dbt's graph. -#}
{% macro stored_parents(node) -%}
    {%- set found = {"models": [], "seeds": []} -%}
    {%- for id in node.depends_on.nodes | sort if id in graph.nodes -%}
        {%- set parent = graph.nodes[id] -%}
        {%- if parent.resource_type == "seed" -%}
            {%- do found.seeds.append(parent) -%}
        {%- elif parent.config.materialized == "ephemeral" -%}
            {%- set further = stored_parents(parent) -%}
            {%- do found.models.extend(further.models) -%}
            {%- do found.seeds.extend(further.seeds) -%}
        {%- else -%}
            {%- do found.models.append(parent.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#-
    Notes the rules of a model that reads no files: models that read it and keep something look there. `kept` says what
    the model itself keeps, if anything.
-#}
{% macro note_rules(kept="") -%}
    insert into {{ read_files() }} as known (model, file_sha256, version, rules)
    values ('{{ model.name }}', '', '{{ kept }}', {{ rules_hash() }})
    on conflict (model, file_sha256) do update
        set version = excluded.version, rules = excluded.rules, read_at = now()
        where (known.version, known.rules) <> (excluded.version, excluded.rules);
{%- endmacro %}
