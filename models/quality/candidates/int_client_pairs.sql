with

clients as (

    select * from {{ ref('clients') }}

),

similar_names as (

    select * from {{ ref('int_similar_names') }}
    where kind = 'client'

),

-- Without clients that no campaign names any more: they are aliases now.
named_clients as (

    select distinct client_id from {{ ref('campaign_clients') }}

),

addresses as (

    select
        clients.client_id,
        email.address
    from clients
    inner join named_clients using (client_id)
    cross join unnest(clients.emails) as email (address)

),

-- An address of more than three clients is an agency's or a manager's and no evidence for a pair.
specific_addresses as (

    select address from addresses
    group by address
    having count(*) between 2 and 3

),

shared_addresses as (

    select
        one.client_id as id_a,
        two.client_id as id_b,
        string_agg(one.address, ', ' order by one.address) as address
    from addresses as one
    inner join addresses as two on one.address = two.address and one.client_id < two.client_id
    inner join specific_addresses on one.address = specific_addresses.address
    group by one.client_id, two.client_id

)

select
    id_a as client_id_a,
    id_b as client_id_b,
    similar_names.name_score,
    shared_addresses.address
from similar_names
full join shared_addresses using (id_a, id_b)
where
    similar_names.is_rejected is not true
    and id_a in (select client_id from named_clients)
    and id_b in (select client_id from named_clients)
