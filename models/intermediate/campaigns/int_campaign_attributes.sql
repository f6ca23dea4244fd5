with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

state_cells as (

    select * from {{ ref('int_canonical_states') }}

)

select
    campaigns.campaign_id,
    statuses.state as status,
    invoices.state as invoice,
    curators.state as curator_status
from campaigns
left join state_cells as statuses
    on campaigns.status_cell = statuses.cell and statuses.column_name = 'status_cell'
left join state_cells as invoices
    on campaigns.invoice_cell = invoices.cell and invoices.column_name = 'invoice_cell'
left join state_cells as curators
    on campaigns.curator_status_cell = curators.cell and curators.column_name = 'curator_status_cell'
