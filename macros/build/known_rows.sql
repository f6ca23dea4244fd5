{#-
    Whether a model's table is there and this run goes on with it. In place of dbt's own macro, which knows no
    materialisation of a project.
-#}
{% macro is_incremental() -%}
    {%- set known = load_cached_relation(this) if execute else none -%}
    {{ return(known is not none and known.is_table and not should_full_refresh()) }}
{%- endmacro %}


{#- A condition that a value of `column` is not in the model's table yet, with ` and ` before it. -#}
{% macro unless_known(column, rows) -%}
    {% if is_incremental() -%}
    /*known*/
    and not exists (select 1 from {{ this }} as known where known.{{ column }} = {{ rows }}.{{ column }})
    /*known*/
    {%- endif %}
{%- endmacro %}


{#- A query without what asks for known rows, as the first run has it. -#}
{% macro without_known(sql) -%}
    {{ return(modules.re.sub("(?s)/[*]known[*]/.*?/[*]known[*]/", "", sql)) }}
{%- endmacro %}


{#-
    A hash of what a model does with a row, as SQL: the model's query, the functions of the ledger's schema, and the rows
    of the seeds that it reads. Without the names of the database and of schemas, which differ in a copy and in a
    candidate, and without what asks for known rows, which the first run lacks.
-#}
{% macro rules_hash() -%}
    {%- set text = without_known(sql) | replace('"' ~ this.database ~ '".', "") -%}
    {%- set functions = ["text_key", "fold_case"] -%}
    md5(concat_ws(
        '|',
        '{{ local_md5(text | replace('"' ~ target.schema, '"') | replace("candidate_", "")) }}',
        (
            select string_agg(replace(prosrc, '"{{ target.schema }}', '"'), '|' order by proname) from pg_proc
            where oid in (
                {%- for name in functions %}
                to_regprocedure('"{{ target.schema }}".{{ name }}(text)'){{ "," if not loop.last }}
                {%- endfor %}
            )
        )
        {%- for seed in config.get("seeds", []) %},
        ({{ rows_hash(ref(seed)) }})
        {%- endfor %}
    ))
{%- endmacro %}
