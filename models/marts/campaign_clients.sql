-- depends_on: {{ ref('campaigns') }}
-- depends_on: {{ ref('clients') }}

with

campaign_clients as (

    select * from {{ ref('int_campaign_clients') }}

)

select
    campaign_id,
    client_id,
    position::integer as position,
    now() as created_at,
    now() as updated_at
from campaign_clients
