{#-
    Materialisations `table` and `view` in two statements and one: dbt's own move the old relation out of the way and drop
    it after the commit, which takes ten statements and five times the processor time. Readers see the old one or the
    new one, as with dbt's. Without row counts PostgreSQL chooses plans that take minutes at 100,000 rows.
-#}
{% materialization table, adapter="postgres" %}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%} {{ create_beside(sql) }} {%- endcall -%}
    {%- call statement() -%} {{ put_in_place() }} {{ note_rules() }} analyze {{ this }} {%- endcall -%}
    {{ return(finish("table")) }}
{% endmaterialization %}


{% materialization view, adapter="postgres" %}
    {{ run_hooks(pre_hooks) }}
    {%- call statement("main") -%} {{ drop_known() }} {{ get_create_view_as_sql(this, sql) }} {{ note_rules() }} {%- endcall -%}
    {{ return(finish("view")) }}
{% endmaterialization %}


{#- Grants, hooks and the end of the transaction; what a materialisation returns. -#}
{% macro finish(type) -%}
    {%- do apply_grants(this, config.get("grants"), should_revoke=true) -%}
    {%- do run_hooks(post_hooks) -%}
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
