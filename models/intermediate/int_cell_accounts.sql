{%- set typed = {
    "goal": "goal", "remaining": "remaining", "daily": "daily", "weekly": "weekly", "sale_price": "sale_price",
    "start_date": "start_date", "paid_vendor": "is_vendor_paid", "sfa": "is_sfa_received",
    "notify_vendor": "is_notify_vendor", "ask_for_sfa": "is_ask_for_sfa", "update_client": "is_update_client",
    "last_modified": "last_modified_at",
} -%}
{%- set mapped = {"status": "status", "invoice": "invoice", "curator_status": "curator_status"} -%}
{%- set listed = {"client": "client", "client_email": "client_emails", "vendor_email": "vendor_email"} -%}
{%- set kept = {
    "campaign": "name", "salesperson": "salesperson", "url": "url", "vendor": "vendor", "playlists": "playlists",
    "notes": "notes", "sp_vendor_updates": "sp_vendor_updates", "spotify_campaign": "spotify_campaign",
} -%}
with

source_rows as (

    select campaigns.*
    from {{ source('staging_airtable', 'campaigns') }} as campaigns
    inner join {{ ref('stg_airtable__files') }} as files using (file_sha256, run_key)

),

export_rows as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

email_cells as (

    select distinct cell from {{ ref('int_email_addresses') }}
    where email is not null

),

doubts as (

    select * from {{ ref('int_issues_cells') }}
    union all
    select * from {{ ref('int_issues_lists') }}

),

filled as (

    select
        file_sha256::text as file_sha256
        {%- for column in export_columns() %},
        count(*) filter (where {{ column }} ~ '[^[:space:]\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]') as {{ column }}
        {%- endfor %}
    from source_rows
    group by file_sha256

),

read as (

    select
        export_rows.file_sha256
        {%- for column, name in (typed.items() | list) + (kept.items() | list) %},
        count(*) filter (where {{ name }} is not null{{ " and " ~ name ~ "_cell is not null" if column in typed }}) as {{ column }}
        {%- endfor %}
        {%- for column in mapped %},
        count({{ column }}_cell) as {{ column }}
        {%- endfor %},
        count(client_cells.client_cell) as client,
        count(client_emails.cell) as client_email,
        count(vendor_emails.cell) as vendor_email
    from export_rows
    left join client_cells using (client_cell)
    left join email_cells as client_emails on export_rows.client_email_cell = client_emails.cell
    left join email_cells as vendor_emails on export_rows.vendor_email_cell = vendor_emails.cell
    group by export_rows.file_sha256

),

-- Cells that gave nothing and are in `data_issues` with their text.
reported as (

    select
        doubts.file_sha256,
        doubts.column_name,
        count(distinct doubts.source_row) as cells
    from doubts
    inner join export_rows using (file_sha256, source_row)
    left join email_cells as client_emails on export_rows.client_email_cell = client_emails.cell
    left join email_cells as vendor_emails on export_rows.vendor_email_cell = vendor_emails.cell
    where
        not (doubts.column_name = 'client_emails' and client_emails.cell is not null)
        and not (doubts.column_name = 'vendor_email' and vendor_emails.cell is not null)
    group by doubts.file_sha256, doubts.column_name

),

accounts as (

    select
        filled.file_sha256,
        cells.*
    from filled
    left join read using (file_sha256)
    cross join lateral (
        values
        {%- for column, name in (typed.items() | list) + (mapped.items() | list) + (listed.items() | list) + (kept.items() | list) %}
        ('{{ name }}', filled.{{ column }}, coalesce(read.{{ column }}, 0), {{ "true" if column in typed or column in listed else "false" }}){{ "," if not loop.last }}
        {%- endfor %}
    ) as cells (column_name, filled, read, is_parsed)

)

select
    accounts.file_sha256,
    accounts.column_name,
    accounts.filled,
    accounts.read,
    case when accounts.is_parsed then coalesce(reported.cells, 0) else 0 end as reported
from accounts
left join reported using (file_sha256, column_name)
