{#- The header of a cell in `files.columns`, as issues name its column. -#}
{%- set names = {"campaign": "name", "paid_vendor": "is_vendor_paid", "sfa": "is_sfa_received"} -%}
{%- for box in ["notify_vendor", "ask_for_sfa", "update_client"] -%}
{%- do names.update({box: "is_" ~ box}) -%}
{%- endfor -%}
{%- for name, parts in campaign_cells().items() %}{% do names.update({parts.header: name}) %}{% endfor -%}

with

sightings as (

    select
        campaign_id,
        last_file_sha256 as file_sha256,
        last_source_row as source_row
    from {{ ref('int_seen_contents') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

headers (header, column_name) as (

    values
    {%- for header, name in names.items() %}
    ('{{ header }}', '{{ name }}'){{ "," if not loop.last }}
    {%- endfor %}

),

column_sets as (

    select
        exports.columns,
        array_agg(coalesce(headers.column_name, given.header)) as column_names
    from (select distinct columns from exports) as exports
    cross join lateral jsonb_array_elements_text(exports.columns) as given (header)
    left join headers on given.header = headers.header
    group by exports.columns

),

-- A view's row is newer only in the columns that the view has: one row for each set of columns says it all.
newest as (

    select distinct on (sightings.campaign_id, exports.columns)
        sightings.campaign_id,
        sightings.file_sha256,
        sightings.source_row,
        exports.export_rank,
        exports.loaded_at,
        exports.columns
    from sightings
    inner join exports using (file_sha256)
    order by sightings.campaign_id asc, exports.columns asc, exports.export_rank desc

)

select
    newest.campaign_id,
    newest.file_sha256,
    newest.source_row,
    newest.export_rank,
    newest.loaded_at,
    column_sets.column_names
from newest
inner join column_sets using (columns)
