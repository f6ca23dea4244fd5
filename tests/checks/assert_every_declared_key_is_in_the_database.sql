{{ config(meta={"is_always_asked": true}) }}
-- Fails if a live table declares a primary, unique or foreign key that it lacks or that is not validated.
{#- The tables that are built last: every other one is built before one of these. -#}
{% set last_tables = [
    ref("integrity_checks"), ref("rejected_records"), ref("client_match_candidates"), ref("vendor_match_candidates"),
    ref("playlist_match_candidates"), ref("sfa_match_candidates"),
] -%}
{% set types = {"primary_key": "p", "unique": "u", "foreign_key": "f"} -%}
{% set declared = [] -%}
{% for table in keyed_tables() -%}
{% for key in table.constraints if key.type in types -%}
{% set columns = key.columns | sort | join(",") -%}
{% do declared.append("('" ~ [table.schema, table.alias, types[key.type], columns] | join("', '") ~ "')") -%}
{% endfor -%}
{% endfor %}

with

declared (schema_name, table_name, key_type, columns) as (

    values {{ declared | join(", ") or "('', '', '', '')" }}

),

present as (

    select
        spaces.nspname as schema_name,
        tables.relname as table_name,
        keys.contype as key_type,
        keys.convalidated as is_validated,
        (
            select string_agg(attributes.attname, ',' order by attributes.attname)
            from pg_attribute as attributes
            where attributes.attrelid = keys.conrelid and attributes.attnum = any(keys.conkey)
        ) as columns
    from pg_constraint as keys
    inner join pg_class as tables on keys.conrelid = tables.oid
    inner join pg_namespace as spaces on tables.relnamespace = spaces.oid

)

select
    declared.schema_name,
    declared.table_name,
    declared.key_type,
    declared.columns
from declared
left join present
    on
        declared.schema_name = present.schema_name
        and declared.table_name = present.table_name
        and declared.key_type = present.key_type::text
        and declared.columns = present.columns
where present.is_validated is not true
