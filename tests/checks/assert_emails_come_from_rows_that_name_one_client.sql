-- Fails if a client has an address that no row names for it alone.
with

-- Without clients that are aliases of others now: they keep what they had.
clients as (

    select * from {{ ref('clients') }}
    where client_id in (select client_id from {{ ref('int_client_labels') }})

),

single_client_cells as (

    select client_cell from {{ ref('int_client_labels') }}
    group by client_cell
    having count(*) = 1

),

given as (

    select
        labels.client_id,
        addresses.email
    from {{ ref('stg_airtable__contents') }} as campaigns
    inner join {{ ref('int_client_labels') }} as labels using (client_cell)
    inner join {{ ref('int_email_addresses') }} as addresses on campaigns.client_email_cell = addresses.cell
    inner join single_client_cells using (client_cell)

)

select
    clients.name,
    email.address
from clients
cross join unnest(clients.emails) as email (address)
left join given on clients.client_id = given.client_id and email.address = given.email
where given.email is null
