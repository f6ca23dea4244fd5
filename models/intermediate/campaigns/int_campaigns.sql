{#- Columns of which a cell can hold text and still say nothing, by their name below: see `int_meaningful_cells`. -#}
{%- set read_columns = {
    "client_cell": "client_cell", "client_email_cell": "client_email_cell", "vendor_email_cell": "vendor_email_cell",
    "invoice_cell": "invoice_cell", "curator_status_cell": "curator_status_cell", "salesperson": "people_cell",
} -%}

with

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

export_rows as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

read_cells as (

    select * from {{ ref('int_meaningful_cells') }}

),

seen as (

    select
        sightings.campaign_id,
        {%- for column in read_columns %}
        {{ column }}s.cell as read_{{ column }},
        {%- endfor %}
        export_rows.*
    from sightings
    inner join export_rows using (file_sha256, source_row)
    {%- for column in read_columns %}
    left join read_cells as {{ column }}s
        on export_rows.{{ column }} = {{ column }}s.cell and {{ column }}s.column_name = '{{ column }}'
    {%- endfor %}

),

-- An empty cell erases nothing, nor does one that says nothing: each column has the newest value of the others.
newest_values as (

    select
        campaign_id,
        {{ newest('source_row') }} as source_row,
        {%- for column in [
            "name", "salesperson", "url", "vendor", "playlists", "notes", "sp_vendor_updates", "spotify_campaign",
            "status_cell", "goal", "remaining", "daily", "weekly", "sale_price", "is_vendor_paid", "is_sfa_received",
            "is_notify_vendor", "is_ask_for_sfa", "is_update_client", "start_date", "last_modified_at",
        ] %}
        {{ newest(column) }} as {{ column }},
        {%- endfor %}
        {%- for column, name in read_columns.items() %}
        {{ newest("read_" ~ column) }} as {{ name }},
        {%- endfor %}
        -- Whose address it is, says the row that gave it: a later row may name another client.
        {{ newest('client_cell', beside='read_client_email_cell') }} as client_cell_of_emails,
        {{ newest('vendor', beside='read_vendor_email_cell') }} as vendor_of_email,
        max(export_number) filter (where not is_in_view) as last_full_export_number
    from seen
    group by campaign_id

),

-- Of the columns that the ledger does not know, each one's.
extras as (

    select
        seen.campaign_id,
        jsonb_object_agg(cells.header, cells.value order by seen.export_number, seen.source_row) as extra
    from seen
    cross join lateral jsonb_each(seen.extra) as cells (header, value)
    group by seen.campaign_id

)

select
    *,
    {{ text_key('name') }} as name_key,
    {{ text_key('client_cell') }} as label_key,
    {{ url_kind('url') }} as url_kind,
    {{ track_id_of_url('url') }} as track_id
from newest_values
left join extras using (campaign_id)
