{#-
    What a model has read already, so that a build reads what is new alone.

    A table that grows by file notes each file that it has read in `<schema>_intermediate.read_files`, in its own
    transaction: the model, the file, a version of what the ledger knows of the file (see the callers), and a hash of
    the model's rules. Three macros are all there is to it:

    - `forget_stale`, before the model: with other rules, all is forgotten; a file that is gone or has another version
      is forgotten, its rows by themselves where the rows name their file (`by_file`), else all rows;
    - `is_unread`, in the model: whether a file is still to be read;
    - `note_read`, after the model.

    `files` is a relation of `file_sha256`; `version` an expression over its columns.
-#}
{% macro forget_stale(files, version="run_key", by_file=true) -%}
    {%- if execute and not is_structure_only() -%}
        {%- set notes = read_files() -%}
        {%- set rules = rules_hash() -%}
        {%- set stale = run_query(
            "select count(*) filter (where rules <> '" ~ rules ~ "') as by_rules, count(*) as files from " ~ notes
            ~ " as noted where model = '" ~ this.name ~ "' and (rules <> '" ~ rules ~ "' or " ~ is_gone(files, version) ~ ")"
        ).rows[0] -%}
        {%- set known = load_relation(this) and not should_full_refresh() -%}
        {%- if stale["files"] == 0 and known -%}
        {%- elif by_file and stale["by_rules"] == 0 and known %}
            with gone as (
                delete from {{ notes }} as noted
                where model = '{{ this.name }}' and {{ is_gone(files, version) }}
                returning file_sha256
            )
            delete from {{ this }} where file_sha256 in (select file_sha256 from gone)
        {%- else %}
            delete from {{ notes }} where model = '{{ this.name }}';
            {%- if known %} delete from {{ this }}{% endif %}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#- Whether a file, a row of `files`, is still to be read by the model. -#}
{% macro is_unread(files) -%}
    {%- if is_structure_only() -%} false
    {%- else -%}
    not exists (
        select 1 from {{ read_files() }} as noted
        where noted.model = '{{ this.name }}' and noted.file_sha256 = {{ files }}.file_sha256
    )
    {%- endif -%}
{%- endmacro %}


{#- Notes that all files are read now. Not where a run reads no rows. -#}
{% macro note_read(files, version="run_key") -%}
    {%- if execute and not is_structure_only() and not flags.EMPTY %}
        insert into {{ read_files() }} (model, file_sha256, version, rules)
        select '{{ this.name }}', file_sha256, {{ version }}, '{{ rules_hash() }}' from {{ files }}
        on conflict do nothing
    {%- endif -%}
{%- endmacro %}


{#- Whether a noted file is not there any more in the version that was read. -#}
{% macro is_gone(files, version) -%}
    not exists (
        select 1 from {{ files }} as files where files.file_sha256 = noted.file_sha256 and {{ version }} = noted.version
    )
{%- endmacro %}


{#- The notes of all models, as a relation. -#}
{% macro read_files() -%}
    "{{ target.schema }}_intermediate"."read_files"
{%- endmacro %}


{#- Creates the table of notes where it is missing; before each run. -#}
{% macro create_read_files() %}
    {%- if execute and flags.WHICH in ["build", "run", "test"] -%}
        {% do run_query(
            "create schema if not exists \"" ~ target.schema ~ "_intermediate\"; create table if not exists "
            ~ read_files() ~ " (model text, file_sha256 text, version text not null, rules text not null, "
            ~ "read_at timestamptz not null default now(), primary key (model, file_sha256)); commit"
        ) %}
    {%- endif -%}
{% endmacro %}


{#-
    A hash of what a model does with a row: its SQL as compiled, the functions of the ledger's schema, the rows of the
    seeds that it reads, and the rules of the models that it reads. Without the names of the database and of schemas,
    which differ in a copy and in a candidate, and without what asks for known rows (`unless_known`), which the first
    run lacks.
-#}
{% macro rules_hash() -%}
    {%- set text = modules.re.sub("(?s)/\*known\*/.*?/\*known\*/", "", sql) -%}
    {%- set text = [text, existing_body("text_key"), existing_body("fold_case")] | join("|") -%}
    {%- set text = text | replace('"' ~ this.database ~ '".', "") | replace('"' ~ target.schema, '"') -%}
    {%- set of_parents = run_query(parent_rules()).rows[0][0] -%}
    {{ return(local_md5(text | replace("candidate_", "") ~ "|" ~ of_parents)) }}
{%- endmacro %}


{#- A query of one hash: of the rules of the models that a model reads, as they were built last, and of its seeds. -#}
{% macro parent_rules() -%}
    {%- set parents = stored_parents(model) -%}
    select string_agg(concat_ws(' ', model, rules), '|' order by model, rules) from (
        select distinct model, rules from {{ read_files() }}
        where model in ('' {%- for name in parents.models %}, '{{ name }}'{% endfor %})
        {%- for seed in parents.seeds %}
        union all
        select '{{ seed.name }}', md5(string_agg(seed::text, '|' order by seed::text)) from {{ relation_of(seed) }} as seed
        {%- endfor %}
    ) as parents
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


{#- Notes the rules of a model that keeps nothing: those that read it and do, do it anew with other rules. After it. -#}
{% macro note_rules() -%}
    {%- if execute and not is_structure_only() -%}
    insert into {{ read_files() }} as known (model, file_sha256, version, rules)
    values ('{{ this.name }}', '', '', '{{ rules_hash() }}')
    on conflict (model, file_sha256) do update set rules = excluded.rules, read_at = now()
    where known.rules <> excluded.rules
    {%- endif -%}
{%- endmacro %}


{#- A condition that a value of `column` is not in the model's table yet, with ` and ` before it. -#}
{% macro unless_known(column, rows) -%}
    {% if is_incremental() -%}
    /*known*/
    and not exists (select 1 from {{ this }} as known where known.{{ column }} = {{ rows }}.{{ column }})
    /*known*/
    {%- endif %}
{%- endmacro %}
