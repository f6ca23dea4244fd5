-- Fails if a campaign as of the newest export is not what the ledger takes from the exports. The history also has cells
-- that say nothing, which the ledger does not take.
{%- set meaningful_columns = [
    "client_cell", "client_email_cell", "vendor_email_cell", "invoice_cell", "curator_status_cell", "vendor", "url",
] %}

with

newest as (

    select * from {{ ref('campaign_versions') }}
    where export_rank = (select max(export_rank) from {{ ref('campaign_versions') }})

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

meaningful_cells as (

    select distinct
        column_name,
        cell
    from {{ ref('int_meaningful_cells') }}

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
            {{ "'" ~ cell ~ "'" if cell in meaningful_columns else "null" }}
        ){{ "," if not loop.last }}
        {%- endfor %}
    ) as cells (column_name, in_history, in_ledger, meaningful_column)
left join meaningful_cells
    on cells.meaningful_column = meaningful_cells.column_name and cells.in_history = meaningful_cells.cell
where
    cells.in_history is distinct from cells.in_ledger
    and (cells.meaningful_column is null or cells.in_history is null or meaningful_cells.cell is not null)
