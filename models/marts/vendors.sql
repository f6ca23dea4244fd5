with

vendors as (

    select * from {{ ref('int_vendors') }}

)

select
    vendor_id,
    name,
    name_key,
    email,
    null::text as contact_person,
    now() as created_at,
    now() as updated_at
from vendors
