-- Fails if a campaign as of the newest export is not what the ledger takes from the exports. The history has every cell
-- as typed, also one that says nothing, which the ledger does not take.
{%- set read_columns = [
    "client_cell", "client_email_cell", "vendor_email_cell", "invoice_cell", "curator_status_cell",
] %}

with

newest as (

    select * from {{ ref('campaign_versions') }}
    where export_number = (select max(export_number) from {{ ref('campaign_versions') }})

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

read_cells as (

    select * from {{ ref('int_meaningful_cells') }}

)

select
    campaigns.campaign_id,
    cells.column_name,
    cells.in_history,
    cells.in_ledger
from campaigns
left join newest using (campaign_id)
cross join
    lateral (
        values
        {%- for column, cell, type in campaign_columns() %}
        (
            '{{ column }}',
            newest.{{ column }}::text,
            campaigns.{{ cell }}::text,
            {{ "'" ~ cell ~ "'" if cell in read_columns else "null" }}
        ){{ "," if not loop.last }}
        {%- endfor %}
    ) as cells (column_name, in_history, in_ledger, read_column)
where
    cells.in_history is distinct from cells.in_ledger
    and (
        cells.read_column is null
        or cells.in_history is null
        or exists (
            select 1 from read_cells
            where read_cells.column_name = cells.read_column and read_cells.cell = cells.in_history
        )
    )
