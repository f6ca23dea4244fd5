{#-
    Materialisations `table` and `view` in two statements and one: dbt's own move the old relation out of the way and drop
    it after the commit, which takes ten statements and five times the processor time. Readers see the old one or the
    new one, as with dbt's. Without row counts PostgreSQL chooses plans that take minutes at 100,000 rows.
-#}
{% materialization table, adapter="postgres" %}
    {%- if is_up_to_date() -%} {{ return({"relations": [this.incorporate(type="table")]}) }} {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%} {{ create_beside(sql) }} {%- endcall -%}
    {%- set made = compare_with_known() -%}
    {%- call statement() -%}
        {%- if made.is_known -%}
            drop table {{ make_intermediate_relation(this) }};
        {%- else -%}
            {{ put_in_place() }} {{ note_rules() }} analyze {{ this }};
        {%- endif -%}
        {{ note_state("'" ~ made.state ~ "'") }}
    {%- endcall -%}
    {{ return(finish("table")) }}
{% endmaterialization %}


{% materialization view, adapter="postgres" %}
    {%- if is_up_to_date() -%} {{ return({"relations": [this.incorporate(type="view")]}) }} {%- endif -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%}
        {{ drop_known() }} {{ get_create_view_as_sql(this, sql) }} {{ note_rules() }} {{ note_state("''") }}
    {%- endcall -%}
    {{ return(finish("view")) }}
{% endmaterialization %}


{#- The `state` of the rows beside the model's table, and whether the table is known to have the same. -#}
{% macro compare_with_known() -%}
    {%- call statement("made", fetch_result=true) -%}
        select
            made.state,
            exists (
                select 1 from {{ build_states() }} as known
                where
                    known.node = '{{ model.name }}' and known.state = made.state
                    and to_regclass('{{ this.include(database=false) }}') is not null
            ) as is_known
        from (select {{ rows_state(make_intermediate_relation(this)) }} as state) as made
    {%- endcall -%}
    {{ return(load_result("made").table.rows[0]) }}
{%- endmacro %}


{#- Grants, hooks, a `noting` statement and the end of the transaction; what a materialisation returns. -#}
{% macro finish(type, noting=none) -%}
    {%- do apply_grants(this, config.get("grants"), should_revoke=true) -%}
    {%- do run_hooks(post_hooks) -%}
    {%- if noting -%} {%- call statement() -%} {{ noting }} {%- endcall -%} {%- endif -%}
    {%- do adapter.commit() -%}
    {{ return({"relations": [this.incorporate(type=type)]}) }}
{%- endmacro %}


{#- Makes a table of a query beside the model's own. -#}
{% macro create_beside(sql) -%}
    {%- set made = make_intermediate_relation(this) -%}
    drop table if exists {{ made }};
    {{ get_create_table_as_sql(false, made, sql) }}
{%- endmacro %}


{#- Puts that table in the place of the model's own, with its indexes. -#}
{% macro put_in_place() -%}
    {{ drop_known() }}
    alter table {{ make_intermediate_relation(this) }} rename to {{ adapter.quote(this.identifier) }};
    {{ create_own_indexes() }}
{%- endmacro %}


{#- Drops the model's relation, if there is one. -#}
{% macro drop_known() -%}
    {%- set known = load_cached_relation(this) -%}
    {{ "drop " ~ known.type ~ " if exists " ~ this ~ " cascade;" if known }}
{%- endmacro %}


{#- Creates the indexes of the model's config. -#}
{% macro create_own_indexes() -%}
    {%- for index in config.get("indexes", []) %} {{ get_create_index_sql(this, index) }}; {% endfor -%}
{%- endmacro %}
