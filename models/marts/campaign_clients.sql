with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

labels as (

    select * from {{ ref('int_client_labels') }}

)

select
    campaigns.campaign_id,
    labels.client_id,
    labels.position::integer as position,
    now() as created_at,
    now() as updated_at
from campaigns
inner join labels using (client_cell)
