{#-
    Refuses a full refresh before it drops a live table: `campaign_id`, `created_at` and what people typed exist only
    there, and other tables reference it. A table that reads each file once may be made anew from the files.
-#}
{% macro refuse_full_refresh() %}
    {%- if execute and flags.FULL_REFRESH -%}
        {%- set nodes = graph.nodes.values() | selectattr("config.materialized", "equalto", "incremental") -%}
        {%- for node in nodes if node.unique_id in selected_resources and node.config.full_refresh is false -%}
            {{ exceptions.raise_compiler_error(
                "A full refresh would drop `" ~ node.name ~ "` with what people typed into it, its ids and the keys of "
                ~ "other tables on it. Run `dbt build` without --full-refresh: it writes every row that differs. "
                ~ "To start again from the files, use another database or LEDGER_SCHEMA."
            ) }}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
