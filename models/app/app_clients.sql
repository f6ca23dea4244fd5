{{ config(alias='clients') }}

with

clients as (

    select * from {{ ref('clients') }}

)

select
    client_id as id,
    name,
    emails,
    phone,
    contact_person
from clients
