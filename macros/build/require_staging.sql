{#-
    Says which command to run if nothing, or nothing by this version, was loaded; dbt would only name a missing table.
-#}
{% macro require_staging() %}
    {%- if execute and flags.WHICH in ["build", "run", "test", "freshness"] -%}
        {%- set files = source("staging_airtable", "files") -%}
        {%- if not load_relation(files) -%}
            {{ exceptions.raise_compiler_error(
                "Nothing is loaded yet in database `" ~ target.dbname ~ "`. Run `make load` (the sample) or "
                ~ "`make load CSV=<export>` first, then `dbt build`."
            ) }}
        {%- elif not load_relation(source("staging_names", "pairs")) -%}
            {{ exceptions.raise_compiler_error(
                "An earlier version loaded database `" ~ target.dbname ~ "`: its names were never compared. Run "
                ~ "`make load`, with or without new files, then `dbt build`."
            ) }}
        {%- elif not (
            load_relation(source("staging_spotify", "roster_candidates"))
            and load_relation(source("staging_airtable", "date_orders"))
        ) -%}
            {{ exceptions.raise_compiler_error(
                "An earlier version loaded database `" ~ target.dbname ~ "`: it lacks tables that are new. Run "
                ~ "`make load`, with or without new files, then `dbt build`."
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
