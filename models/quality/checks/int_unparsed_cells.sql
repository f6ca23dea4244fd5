{#- Columns of a single value: the column in staging, and in the loaded table. -#}
{%- set columns = {
    "name": "campaign", "salesperson": "salesperson", "url": "url", "playlists": "playlists",
    "notes": "notes", "sp_vendor_updates": "sp_vendor_updates", "spotify_campaign": "spotify_campaign",
    "goal": "goal", "remaining": "remaining", "daily": "daily", "weekly": "weekly", "sale_price": "sale_price",
    "is_vendor_paid": "paid_vendor",
    "is_sfa_received": "sfa", "is_notify_vendor": "notify_vendor", "is_ask_for_sfa": "ask_for_sfa",
    "is_update_client": "update_client", "extra": "extra",
} -%}
{#- Columns of labels: the column, and the seed that maps its labels. -#}
{%- set labels = {"status": "campaign_statuses", "invoice": "invoice_states", "curator_status": "curator_states"} -%}
{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id']}],
) }}

-- The seeds behind the labels: {{ ref('client_aliases') }}, {{ ref('vendor_aliases') }}, {{ ref('nobody_labels') }}
with

files as (

    select
        file_sha256,
        run_key
    from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

source_rows as (

    select * from {{ source('staging_airtable', 'campaigns') }}
    where file_sha256 = any(array(select file_sha256 from files)) and run_key = any(array(select run_key from files))

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}
    where first_file_sha256 = any(array(select file_sha256 from files))

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
        contents.content_id,
        cells.column_name,
        cells.raw_value
    from contents
    inner join source_rows
        on
            contents.first_file_sha256 = source_rows.file_sha256 and contents.first_source_row = source_rows.source_row
    {%- for column, seed in labels.items() %}
    left join {{ ref(seed) }} as {{ seed }}
        on {{ text_key("contents." ~ column ~ "_cell") }} = {{ text_key(seed ~ ".label") }}
    {%- endfor %}
    left join client_cells on contents.client_cell = client_cells.client_cell
    left join vendor_labels on contents.vendor = vendor_labels.vendor
    left join email_cells as client_emails on contents.client_email_cell = client_emails.cell
    left join email_cells as vendor_emails on contents.vendor_email_cell = vendor_emails.cell
    cross join
        lateral (
            values
            {%- for column, cell in columns.items() %}
            ('{{ column }}', source_rows.{{ cell }}, contents.{{ column }} is null),
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
