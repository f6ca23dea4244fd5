{#-
    What a table keeps of a key whose inputs are as they were, so that a build computes the others alone.

    `inputs` is a relation with a row for each key, and a hash of all that the model reads of it in the column of the
    same name, which the model's table has, too. Two macros:

    - `forget_changed`, before the model: deletes the keys that are gone or have another hash; all with other rules;
    - `is_changed`, in the model: whether a key, a row of `inputs`, is to be computed.
-#}
{% macro forget_changed(inputs, key, hash) -%}
    {%- if execute and not is_structure_only() -%}
        {%- set rules = rules_hash() -%}
        {%- set noted = run_query(
            "select rules from " ~ read_files() ~ " where model = '" ~ this.name ~ "' and file_sha256 = ''"
        ).rows -%}
        {%- set known = load_relation(this) and not should_full_refresh() -%}
        {%- if known and noted and noted[0]["rules"] == rules %}
            delete from {{ this }} as known
            where not exists (
                select 1 from {{ inputs }} as given
                where given.{{ key }} = known.{{ key }} and given.{{ hash }} = known.{{ hash }}
            )
        {%- else %}
            {{ note_rules() }}
            {%- if known %}; delete from {{ this }}{% endif -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#- Whether a key, a row of `inputs`, is to be computed. -#}
{% macro is_changed(inputs, key) -%}
    {%- if is_structure_only() -%} false
    {%- elif is_incremental() -%}
    not exists (select 1 from {{ this }} as known where known.{{ key }} = {{ inputs }}.{{ key }})
    {%- else -%} true
    {%- endif -%}
{%- endmacro %}
