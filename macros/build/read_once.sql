{#-
    Materialisation `read_once`: a table that grows by file. A build reads the files that the table has not read, and
    does nothing where there are none: one query tells (see `find_unread`).

    | config | meaning |
    |---|---|
    | `files` | the model of files, with `file_sha256` |
    | `file_version` | an expression over its columns: a file with another one is read again; `run_key` unless given |
    | `by_file` | whether rows name their file, so that those of a file that is gone go alone; true unless given |
    | `unique_key` | columns by which a new row replaces the known one |
    | `indexes` | as for a table |

    With other rules (see `rules_hash`) the rows of all files go, and the table too if its columns differ.
-#}
{% materialization read_once, adapter="postgres" %}
    {%- if is_up_to_date() -%} {{ return({"relations": [this.incorporate(type="table")]}) }} {%- endif -%}
    {%- set known = load_cached_relation(this) -%}
    {%- set has_rows = not (is_structure_only() or flags.EMPTY) -%}
    {%- set found = find_unread() if has_rows else {"outdated": 1} -%}
    {%- set is_known = known and known.is_table and not should_full_refresh() -%}
    {%- set is_anew = not is_known or (found.outdated and not has_columns_of(this, sql)) -%}
    {%- if not is_anew and not (has_rows and (found.unread or found.gone or found.outdated)) -%}
        {#- No transaction has begun. -#}
        {%- do run_query(note_state() ~ "; commit") -%}
        {%- do store_raw_result("main", message="nothing new", code="SELECT", rows_affected=0) -%}
        {{ return({"relations": [this.incorporate(type="table")]}) }}
    {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%}
        {%- if is_anew -%}
            {{ forget_notes() }}
            {{ create_beside(rows_if_allowed(without_known(sql))) }}
        {%- else -%}
            {{ forget(is_all=found.outdated or not config.get("by_file", true)) if found.gone or found.outdated }}
            {{ insert_unread(found.columns) }}
        {%- endif -%}
    {%- endcall -%}
    {%- call statement() -%}
        {{ put_in_place() if is_anew }}
        {{ note_read(found.rules) if has_rows }}
        {{ note_state("clock_timestamp()::text") }};
        analyze {{ this }}
    {%- endcall -%}
    {{ return(finish("table")) }}
{% endmaterialization %}


{#- Whether a table has the columns of a query: names, types and order. -#}
{% macro has_columns_of(relation, sql) -%}
    {%- set present = get_column_schema_from_query("select * from " ~ relation) -%}
    {{ return(present | map("string") | list == get_column_schema_from_query(sql) | map("string") | list) }}
{%- endmacro %}


{#- Inserts what the model's query gives, in place of rows with the same key where the model has a `unique_key`. -#}
{% macro insert_unread(columns) -%}
    {%- set keys = config.get("unique_key", []) -%}
    {%- set rows = "(\n" ~ sql ~ "\n)" -%}
    {%- if keys -%}
    {%- set rows = adapter.quote(this.identifier ~ "__new") -%}
    create temporary table {{ rows }} on commit drop as ({{ sql }});
    delete from {{ this }} as known using {{ rows }} as given
    where {% for name in keys %}given.{{ name }} = known.{{ name }}{{ " and " if not loop.last }}{% endfor %};
    {%- endif %}
    insert into {{ this }} ({{ columns }}) select {{ columns }} from {{ rows }} as given
{%- endmacro %}
