{#-
    Stops a full refresh of a live table before it drops anything: `campaign_id`, `created_at` and what people
    typed live only there, and other tables hang on it.
-#}
{% macro refuse_full_refresh() %}
    {%- if execute and flags.FULL_REFRESH -%}
        {%- for name in selected_resources if name in graph.nodes and graph.nodes[name].config.materialized == "incremental" -%}
            {{ exceptions.raise_compiler_error(
                "A full refresh would drop `" ~ graph.nodes[name].name ~ "` with what people typed into it, its ids and the "
                ~ "keys of other tables on it. Run `dbt build` without --full-refresh: it writes every row that differs. "
                ~ "To start again from the files, use another database or LEDGER_SCHEMA."
            ) }}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
