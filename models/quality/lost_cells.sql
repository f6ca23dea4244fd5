{{ config(materialized='view', contract={'enforced': false}) }}

with

campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

data_issues as (

    select * from {{ ref('data_issues') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

email_cells as (

    select distinct cell from {{ ref('int_email_addresses') }}
    where email is not null

),

-- Cells that hold something which no column of a type could take.
untyped as (

    select
        campaigns.file_sha256,
        files.file_name as source_file,
        campaigns.source_row,
        cells.column_name,
        cells.raw_value
    from campaigns
    inner join files using (file_sha256)
    left join client_cells using (client_cell)
    left join email_cells as client_emails on campaigns.client_email_cell = client_emails.cell
    left join email_cells as vendor_emails on campaigns.vendor_email_cell = vendor_emails.cell
    cross join
        lateral (
            values
        {%- for column in [
            "goal", "remaining", "daily", "weekly", "sale_price", "start_date", "last_modified_at",
            "is_vendor_paid", "is_sfa_received", "is_notify_vendor", "is_ask_for_sfa", "is_update_client",
        ] %}
            ('{{ column }}', {{ column }}_cell, {{ column }} is null),
            {%- endfor %}
            ('client', client_cell, client_cells.client_cell is null),
            ('client_emails', client_email_cell, client_emails.cell is null),
            ('vendor_email', vendor_email_cell, vendor_emails.cell is null)
        ) as cells (column_name, raw_value, is_untyped)
    where cells.raw_value is not null and cells.is_untyped

)

select untyped.*
from untyped
where
    not exists (
        select 1 from data_issues
        where
            data_issues.file_sha256 = untyped.file_sha256
            and data_issues.source_row = untyped.source_row
            and data_issues.column_name = untyped.column_name
    )
