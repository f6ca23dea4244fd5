{#-
    The notes of what has been read, `<schema>_intermediate.read_files`: a model, a file, a version of what the ledger
    knows of the file, and a hash of the model's rules. The materialisation `read_once` writes them in the model's own
    transaction; a model asks `is_unread`.
-#}
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
    What a model has to read: `unread` files, those noted that are `gone` or have another version, those noted with
    other rules (`outdated`), the hash of the `rules`, and the names of the table's `columns`.
-#}
{% macro find_unread() -%}
    {%- set version = config.get("file_version", "run_key") -%}
    {%- call statement("unread", fetch_result=true, auto_begin=false) -%}
        select
            current.rules,
            count(files.file_sha256) filter (where noted.file_sha256 is null) as unread,
            count(noted.file_sha256) filter (where (files.version = noted.version) is not true) as gone,
            count(*) filter (where noted.rules <> current.rules) as outdated,
            {{ columns_of_table() }} as columns
        from (select file_sha256, {{ version }} as version from {{ ref(config.require("files")) }}) as files
        full join (select * from {{ read_files() }} where model = '{{ this.name }}') as noted using (file_sha256)
        right join (select {{ rules_hash() }} as rules) as current on true
        group by current.rules
    {%- endcall -%}
    {{ return(load_result("unread").table.rows[0]) }}
{%- endmacro %}


{#- The names of the columns of the model's table, as SQL; null without one. -#}
{% macro columns_of_table() -%}
    (
        select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = to_regclass('{{ this.include(database=false) }}') and attnum > 0 and not attisdropped
    )
{%- endmacro %}


{#- Forgets all files and their rows, or those that are gone with the rows that name them. -#}
{% macro forget(is_all) -%}
    {%- if is_all %}
    {{ forget_notes() }}
    delete from {{ this }};
    {%- else %}
    with gone as (
        delete from {{ read_files() }} as noted
        where model = '{{ this.name }}' and not exists (
            select 1 from {{ ref(config.require("files")) }} as files
            where files.file_sha256 = noted.file_sha256 and {{ config.get("file_version", "run_key") }} = noted.version
        )
        returning file_sha256
    )
    delete from {{ this }} where file_sha256 in (select file_sha256 from gone);
    {%- endif -%}
{%- endmacro %}


{#- Forgets that the model has read any file. -#}
{% macro forget_notes() -%}
    delete from {{ read_files() }} where model = '{{ this.name }}';
{%- endmacro %}


{#- Notes that all files are read now. -#}
{% macro note_read(rules) -%}
    insert into {{ read_files() }} (model, file_sha256, version, rules)
    select '{{ this.name }}', file_sha256, {{ config.get("file_version", "run_key") }}, '{{ rules }}'
    from {{ ref(config.require("files")) }}
    on conflict do nothing;
{%- endmacro %}


{#- In a model: whether a file, a row of `files`, is still to be read. -#}
{% macro is_unread(files) -%}
    {%- if is_structure_only() -%} false
    {%- else -%}
    not exists (
        select 1 from {{ read_files() }} as noted
        where noted.model = '{{ this.name }}' and noted.file_sha256 = {{ files }}.file_sha256
    )
    {%- endif -%}
{%- endmacro %}
