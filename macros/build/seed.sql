{#-
    dbt's `seed`, left out where the table holds what its file holds: a comment on the table has a hash of both.
-#}
{% materialization seed, adapter="postgres" %}
    {%- if is_loaded() -%}
        {%- do store_raw_result("main", message="unchanged", code="SELECT", rows_affected=0) -%}
        {%- do store_result("agate_table", response="unchanged") -%}
        {{ return({"relations": [this.incorporate(type="table")]}) }}
    {%- endif -%}
    {{ return(dbt.materialization_seed_default()) }}
{% endmaterialization %}


{#- Whether the seed's table has the rows of its file. -#}
{% macro is_loaded() -%}
    {%- if should_full_refresh() or not load_cached_relation(this) -%} {{ return(false) }} {%- endif -%}
    {%- set found = run_query(
        "select obj_description('" ~ this ~ "'::regclass) = '" ~ file_hash() ~ " ' || (" ~ rows_hash(this) ~ ")"
    ) -%}
    {{ return(found.rows[0][0]) }}
{%- endmacro %}


{#- Counts a seed's rows for the planner, and notes what was loaded. Its post-hook. -#}
{% macro note_loaded() -%}
    analyze {{ this }};
    do $note$ begin
        execute format('comment on table {{ this }} is %L', '{{ file_hash() }} ' || ({{ rows_hash(this) }}));
    end $note$
{%- endmacro %}


{#- A hash of the seed's file, and of how it is read. -#}
{% macro file_hash() -%}
    {{ return(local_md5(model.checksum.checksum ~ tojson(model.config.column_types, sort_keys=true))) }}
{%- endmacro %}


{#- A query of a hash of a table's rows. -#}
{% macro rows_hash(relation) -%}
    select coalesce(md5(string_agg(counted::text, '|' order by counted::text)), 'none') from {{ relation }} as counted
{%- endmacro %}
