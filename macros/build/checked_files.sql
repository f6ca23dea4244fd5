{#-
    In a test of what all files hold: whether a file, a row of `files`, has not been part of a run in which the test
    passed. `reader` is a model that the test needs, and that notes what it reads: a file that was loaded anew is
    checked again. `playledger verify --all` forgets what was checked, and so checks all.
-#}
{% macro is_unchecked(files, reader) -%}
    not exists (
        select 1 from {{ read_files() }} as checked
        inner join {{ read_files() }} as noted using (file_sha256, version)
        where
            checked.model = '{{ model.name }}'
            and noted.model = '{{ reader }}'
            and checked.file_sha256 = {{ files }}.file_sha256
    )
{%- endmacro %}


{#- Notes for tests that have passed the files that the build had read before. A hook at the end of each run. -#}
{% macro note_checked(results) %}
    {%- if execute and not is_structure_only() -%}
        {%- for result in results if result.status == "pass" and result.node.config.meta.get("checks_files_of") %}
            {% do run_query(
                "insert into " ~ read_files() ~ " as known (model, file_sha256, version, rules) select '" ~ result.node.name
                ~ "', file_sha256, version, '' from " ~ read_files() ~ " where model = '"
                ~ result.node.config.meta["checks_files_of"]
                ~ "' on conflict (model, file_sha256) do update set version = excluded.version "
                ~ "where known.version <> excluded.version; commit"
            ) %}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
