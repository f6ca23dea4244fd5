{#- Columns of a single value: the column in staging, and in the loaded table. -#}
{%- set columns = {
    "name": "campaign", "salesperson": "salesperson", "url": "url", "playlists": "playlists",
    "notes": "notes", "sp_vendor_updates": "sp_vendor_updates", "spotify_campaign": "spotify_campaign",
    "goal": "goal", "remaining": "remaining", "daily": "daily", "weekly": "weekly", "sale_price": "sale_price",
    "start_date": "start_date", "last_modified_at": "last_modified", "is_vendor_paid": "paid_vendor",
    "is_sfa_received": "sfa", "is_notify_vendor": "notify_vendor", "is_ask_for_sfa": "ask_for_sfa",
    "is_update_client": "update_client", "extra": "extra",
} -%}
{#- Columns of labels: the column, and the seed that maps its labels. -#}
{%- set labels = {"status": "campaign_statuses", "invoice": "invoice_states", "curator_status": "curator_states"} -%}

with

source_rows as (

    select * from {{ source('staging_airtable', 'campaigns') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

-- The matching has decided how each export writes its dates: {{ ref('campaign_sightings') }}
campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

email_cells as (

    select distinct cell from {{ ref('int_email_addresses') }}

),

-- Each cell as the file has it, with whether its parse rule took nothing from it.
unparsed as (

    select
        campaigns.file_sha256,
        campaigns.source_row,
        cells.column_name,
        cells.raw_value
    from source_rows
    inner join files using (file_sha256, run_key)
    inner join campaigns on files.file_sha256 = campaigns.file_sha256 and source_rows.source_row = campaigns.source_row
    {%- for column, seed in labels.items() %}
    left join {{ ref(seed) }} as {{ seed }}
        on {{ text_key("campaigns." ~ column ~ "_cell") }} = {{ text_key(seed ~ ".label") }}
    {%- endfor %}
    left join client_cells on campaigns.client_cell = client_cells.client_cell
    left join vendor_labels on campaigns.vendor = vendor_labels.vendor
    left join email_cells as client_emails on campaigns.client_email_cell = client_emails.cell
    left join email_cells as vendor_emails on campaigns.vendor_email_cell = vendor_emails.cell
    cross join
        lateral (
            values
            {%- for column, cell in columns.items() %}
            ('{{ column }}', source_rows.{{ cell }}, campaigns.{{ column }} is null),
            {%- endfor %}
            {%- for column, seed in labels.items() %}
            ('{{ column }}', source_rows.{{ column }}, {{ seed }}.label is null),
            {%- endfor %}
            ('client', source_rows.client, client_cells.client_cell is null),
            ('vendor', source_rows.vendor, vendor_labels.vendor is null),
            ('client_emails', source_rows.client_email, client_emails.cell is null),
            ('vendor_email', source_rows.vendor_email, vendor_emails.cell is null)
        ) as cells (column_name, raw_value, is_unparsed)
    where cells.is_unparsed and cells.raw_value is not null and {{ null_if_blank('cells.raw_value') }} is not null

)

select * from unparsed
