{#-
    Materialisation `by_key`: a table of which a build computes the keys whose inputs changed, and keeps the others.

    | config | meaning |
    |---|---|
    | `inputs` | a model with a row for each key, and a hash of all that this one reads of it |
    | `key` | the column of the key, in both |
    | `inputs_hash` | the column of the hash, in both |
    | `indexes` | as for a table |

    The model leaves out known keys (see `unless_known`). With other rules (see `rules_hash`) all keys are computed.
-#}
{% materialization by_key, adapter="postgres" %}
    {%- if is_up_to_date() -%} {{ return({"relations": [this.incorporate(type="table")]}) }} {%- endif -%}
    {%- set known = load_cached_relation(this) -%}
    {%- set has_rows = not (is_structure_only() or flags.EMPTY) -%}
    {%- set is_known = known and known.is_table and not should_full_refresh() -%}
    {%- set found = find_rules() -%}
    {%- set is_anew = not is_known or (found.is_outdated and not has_columns_of(this, sql)) -%}
    {%- if not is_anew and not (has_rows and (found.is_outdated or has_changes())) -%}
        {#- No transaction has begun. -#}
        {%- do run_query(note_state() ~ "; commit") -%}
        {%- do store_raw_result("main", message="nothing new", code="SELECT", rows_affected=0) -%}
        {{ return({"relations": [this.incorporate(type="table")]}) }}
    {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%}
        {%- if is_anew -%}
            {{ create_beside(rows_if_allowed(without_known(sql))) }}
        {%- else -%}
            delete from {{ this }} as known {{ "where " ~ is_other_key() if not found.is_outdated }};
            insert into {{ this }} ({{ found.columns }}) select {{ found.columns }} from ({{ sql }}) as given
        {%- endif -%}
    {%- endcall -%}
    {%- call statement() -%}
        {{ put_in_place() if is_anew }}
        {{ note_rules('keys') if has_rows }}
        {{ note_state("clock_timestamp()::text") }};
        analyze {{ this }}
    {%- endcall -%}
    {{ return(finish("table")) }}
{% endmaterialization %}


{#- Whether the model has other rules than noted (`is_outdated`), and the names of its table's `columns`. -#}
{% macro find_rules() -%}
    {%- call statement("rules", fetch_result=true, auto_begin=false) -%}
        select
            not exists (
                select 1 from {{ read_files() }} where model = '{{ this.name }}' and rules = {{ rules_hash() }}
            ) as is_outdated,
            {{ columns_of_table() }} as columns
    {%- endcall -%}
    {{ return(load_result("rules").table.rows[0]) }}
{%- endmacro %}


{#- Whether a key is new, gone, or has another hash. -#}
{% macro has_changes() -%}
    {%- call statement("changes", fetch_result=true, auto_begin=false) -%}
        select
            exists (select 1 from {{ this }} as known where {{ is_other_key() }})
            or exists (
                select 1 from {{ ref(config.require("inputs")) }} as given
                where true {{ unless_known(config.require("key"), "given") }}
            ) as has_changes
    {%- endcall -%}
    {{ return(load_result("changes").table.rows[0]["has_changes"]) }}
{%- endmacro %}


{#- Whether a known row has a key that is gone, or another hash. -#}
{% macro is_other_key() -%}
    not exists (
        select 1 from {{ ref(config.require("inputs")) }} as given
        where
            given.{{ config.require("key") }} = known.{{ config.require("key") }}
            and given.{{ config.require("inputs_hash") }} = known.{{ config.require("inputs_hash") }}
    )
{%- endmacro %}
