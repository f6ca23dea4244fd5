with

clients as (

    select * from {{ ref('int_clients') }}

)

select
    client_id,
    name,
    name_key,
    coalesce(emails, '{}') as emails,
    null::text as phone,
    null::text as contact_person,
    now() as created_at,
    now() as updated_at
from clients
