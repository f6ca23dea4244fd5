{{ config(alias='vendors') }}

with

vendors as (

    select * from {{ ref('vendors') }}

)

select
    vendor_id as id,
    name,
    email,
    contact_person
from vendors
