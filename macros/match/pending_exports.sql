{#- Exports whose rows have no campaign yet, in the order in which they were loaded. -#}
{% macro pending_exports(known=none) -%}
    {%- if not execute or not load_relation(ref("stg_airtable__files")) %}{{ return([]) }}{% endif -%}
    {%- set rows = run_query(
        "select file_sha256 from " ~ ref("stg_airtable__files") ~ " as files where record_count > 0"
        ~ (" and not exists (select 1 from " ~ known ~ " as known where known.file_sha256 = files.file_sha256)" if known else "")
        ~ " order by export_number"
    ) -%}
    {{ return(rows.columns[0].values() | list) }}
{%- endmacro %}


{#- After the first pending export, the others one by one: each is matched with what the one before it left. -#}
{% macro match_remaining_exports() -%}
    {%- for file_sha256 in pending_exports(this) -%}
        insert into {{ this }} {{ match_export(file_sha256, this) }};
    {%- endfor -%}
{%- endmacro %}
