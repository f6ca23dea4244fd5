{#-
    Columns in which a cell can hold text and still say nothing (see `int_meaningful_cells`), each with its name
    below.
-#}
{%- set meaningful_columns = {
    "client_cell": "client_cell", "client_email_cell": "client_email_cell", "vendor_email_cell": "vendor_email_cell",
    "invoice_cell": "invoice_cell", "curator_status_cell": "curator_status_cell",
    "salesperson": "named_salesperson_cell", "vendor": "vendor",
} -%}
{#- Cells whose emptying empties the ledger, by their column in staging. -#}
{%- set cleared = {} -%}
{%- for parts in cleared_cells().values() %}{% do cleared.update({parts.cell: parts}) %}{% endfor -%}
{#- No nested loop: the planner cannot know how many campaigns changed. -#}
{{ config(
    materialized='by_key', inputs='int_latest_sightings', key='campaign_id', inputs_hash='contents_hash',
    indexes=[{'columns': ['campaign_id'], 'unique': true}],
    pre_hook="set local enable_nestloop = off",
) }}

with

changed as (

    select
        campaign_id,
        contents_hash
    from {{ ref('int_latest_sightings') }} as sightings
    where true {{ unless_known('campaign_id', 'sightings') }}

),

seen_contents as (

    select * from {{ ref('int_seen_contents') }}
    inner join changed using (campaign_id)

),

export_rows as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

meaningful_cells as (

    select * from {{ ref('int_meaningful_cells') }}

),

seen as (

    select
        seen_contents.campaign_id,
        seen_contents.contents_hash,
        {%- for column in meaningful_columns %}
        {{ column }}s.cell as meaningful_{{ column }},
        {%- endfor %}
        export_rows.*
    from seen_contents
    inner join export_rows
        on
            seen_contents.last_file_sha256 = export_rows.file_sha256
            and seen_contents.last_source_row = export_rows.source_row
    {%- for column in meaningful_columns %}
    left join meaningful_cells as {{ column }}s
        on export_rows.{{ column }} = {{ column }}s.cell and {{ column }}s.column_name = '{{ column }}'
    {%- endfor %}

),

-- An empty cell erases nothing, nor does a cell that says nothing: each column has its newest value.
newest_values as (

    select
        campaign_id,
        contents_hash,
        {%- for column in [
            "name", "salesperson", "playlists", "notes", "sp_vendor_updates", "spotify_campaign",
            "status_cell", "goal", "remaining", "daily", "weekly", "sale_price", "is_vendor_paid", "is_sfa_received",
            "is_notify_vendor", "is_ask_for_sfa", "is_update_client",
        ] %}
        {{ newest_cell(column, cleared.get(column)) }} as {{ column }},
        {%- endfor %}
        -- Where day and month cannot be told apart in a whole column, its dates take the place of no other.
        {{ newest_cell("start_date", cleared.get("start_date"), weak="has_weak_start_dates") }} as start_date,
        {{ newest_cell(
            "last_modified_at", cleared.get("last_modified_at"), weak="has_weak_change_times"
        ) }} as last_modified_at,
        {%- for column, name in meaningful_columns.items() %}
        {{ newest_cell("meaningful_" ~ column, cleared.get(column)) }} as {{ name }},
        {%- endfor %}
        -- A text such as `TBA` does not take the place of a link.
        coalesce({{ newest_cell("link", cleared.get("url")) }}, {{ newest_cell("url", cleared.get("url")) }}) as url,
        -- An address belongs to the client or vendor of its own row: a later row may name another one.
        {{ newest_value('client_cell', where_filled='meaningful_client_email_cell') }} as client_cell_of_emails,
        {{ newest_value('vendor', where_filled='meaningful_vendor_email_cell') }} as vendor_of_email
    from seen
    group by campaign_id, contents_hash

),

-- Unknown columns are merged header by header, each with its newest value.
extras as (

    select
        seen.campaign_id,
        jsonb_object_agg(cells.header, cells.value order by seen.export_rank, seen.source_row) as extra
    from seen
    cross join lateral jsonb_each(seen.extra) as cells (header, value)
    group by seen.campaign_id

)

select
    *,
    {{ text_key('name') }} as name_key,
    {{ text_key('client_cell') }} as label_key,
    {{ url_kind('url') }} as url_kind,
    {{ track_id_of_url('url') }} as track_id,
    ({{ artist_and_song('name') }})[1] as artist,
    coalesce(({{ artist_and_song('name') }})[2], name) as song
from newest_values
left join extras using (campaign_id)
