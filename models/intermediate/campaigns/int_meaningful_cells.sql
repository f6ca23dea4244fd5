with

client_labels as (

    select * from {{ ref('int_client_labels') }}
    where position = 1

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

salespeople as (

    select * from {{ ref('int_salespeople') }}

),

email_lists as (

    select * from {{ ref('int_email_lists') }}

),

canonical_states as (

    select * from {{ ref('int_canonical_states') }}
    where state is not null

),

links as (

    select distinct link from {{ ref('stg_airtable__contents') }}
    where link is not null

)

select
    'client_cell' as column_name,
    client_cell as cell
from client_labels
union all
select
    'vendor',
    vendor
from vendor_labels
union all
select
    'salesperson',
    salesperson
from salespeople
union all
select
    columns.name,
    email_lists.cell
from email_lists
cross join (values ('client_email_cell'), ('vendor_email_cell')) as columns (name)
union all
select
    column_name,
    cell
from canonical_states
union all
select
    'url',
    link
from links
