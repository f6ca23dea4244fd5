with

addresses as (

    select distinct on (cell, email) * from {{ ref('int_email_addresses') }}
    where email is not null
    order by cell, email, position

)

select
    cell,
    array_agg(email order by position) as emails
from addresses
group by cell
