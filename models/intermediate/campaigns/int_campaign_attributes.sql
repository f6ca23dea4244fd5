with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

canonical_states as (

    select * from {{ ref('int_canonical_states') }}

),

salespeople as (

    select * from {{ ref('int_salespeople') }}

),

email_lists as (

    select * from {{ ref('int_email_lists') }}

)

select
    campaigns.campaign_id,
    statuses.state as status,
    invoices.state as invoice,
    curators.state as curator_status,
    salespeople.salespeople,
    client_emails.emails as client_emails,
    array_to_string(vendor_emails.emails, ', ') as vendor_email
from campaigns
left join canonical_states as statuses
    on campaigns.status_cell = statuses.cell and statuses.column_name = 'status_cell'
left join canonical_states as invoices
    on campaigns.invoice_cell = invoices.cell and invoices.column_name = 'invoice_cell'
left join canonical_states as curators
    on campaigns.curator_status_cell = curators.cell and curators.column_name = 'curator_status_cell'
left join salespeople on campaigns.named_salesperson_cell = salespeople.salesperson
left join email_lists as client_emails on campaigns.client_email_cell = client_emails.cell
left join email_lists as vendor_emails on campaigns.vendor_email_cell = vendor_emails.cell
