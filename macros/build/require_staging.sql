{#- Says what to do when nothing was ever loaded, in place of a missing table's name. -#}
{% macro require_staging() %}
    {%- if execute and flags.WHICH in ["build", "run", "test"] -%}
        {%- set files = source("staging_airtable", "files") -%}
        {%- if not load_relation(files) -%}
            {{ exceptions.raise_compiler_error(
                "Nothing is loaded yet in database `" ~ target.dbname ~ "`. Run `make load` (the sample) or "
                ~ "`make load CSV=<export>` first, then `dbt build`."
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
