with

clients as (

    select * from {{ ref('clients') }}

),

compared as (

    select
        client_id,
        name,
        name_key,
        regexp_replace({{ letters_alone('name_key') }}, '[^[:alnum:]]', '', 'g') as letters
    from clients

),

addresses as (

    select
        clients.client_id,
        email.address
    from clients
    cross join unnest(clients.emails) as email (address)

),

-- An address of more than three clients is an agency's or a manager's: it says nothing about two of them.
telling_addresses as (

    select address from addresses
    group by address
    having count(*) between 2 and 3

),

shared_emails as (

    select
        one.client_id as client_id_a,
        two.client_id as client_id_b,
        string_agg(one.address, ', ' order by one.address) as shared
    from addresses as one
    inner join addresses as two on one.address = two.address and one.client_id < two.client_id
    inner join telling_addresses on one.address = telling_addresses.address
    group by one.client_id, two.client_id

),

same_letters as (

    select
        one.client_id as client_id_a,
        two.client_id as client_id_b
    from compared as one
    inner join compared as two on one.letters = two.letters and one.client_id < two.client_id
    where one.letters <> ''

),

pairs as (

    select
        client_id_a,
        client_id_b,
        same_letters.client_id_a is not null as has_same_letters,
        shared_emails.shared
    from same_letters
    full join shared_emails using (client_id_a, client_id_b)

)

select
    pairs.client_id_a,
    pairs.client_id_b,
    one.name as name_a,
    two.name as name_b,
    case
        when pairs.has_same_letters and pairs.shared is not null then 100 when pairs.has_same_letters then 95 else 60
    end as score,
    concat_ws(
        '; ',
        case when pairs.has_same_letters then 'the same letters' end,
        'shared address ' || pairs.shared
    ) as evidence,
    now() as created_at,
    now() as updated_at
from pairs
inner join clients as one on pairs.client_id_a = one.client_id
inner join clients as two on pairs.client_id_b = two.client_id
