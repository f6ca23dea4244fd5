-- Fails if a mart declares a primary, unique or foreign key that its table lacks or that is not validated.
{% set marts = [
    ref("campaign_clients"), ref("campaign_groups"), ref("campaign_playlists"), ref("campaign_sightings"), ref("campaigns"),
    ref("clients"), ref("playlist_streams"), ref("playlists"), ref("songs"), ref("vendors"), ref("client_match_candidates"),
    ref("playlist_match_candidates"), ref("vendor_match_candidates"), ref("data_issues"), ref("integrity_checks"),
    ref("rejected_records"), ref("sfa_match_candidates"),
] -%}
{% set declared = [] -%}
{% if execute -%}
{% for node in graph.nodes.values() if node.resource_type == "model" -%}
{% for key in node.constraints if key.type in ["primary_key", "unique", "foreign_key"] -%}
{% do declared.append(
    "('" ~ node.schema ~ "', '" ~ node.alias ~ "', '" ~ {"primary_key": "p", "unique": "u", "foreign_key": "f"}[key.type]
    ~ "', '" ~ key.columns | sort | join(",") ~ "')"
) -%}
{% endfor -%}
{% endfor -%}
{% endif -%}

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
