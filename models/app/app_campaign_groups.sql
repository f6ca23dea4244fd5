{{ config(alias='campaign_groups') }}

with

campaign_groups as (

    select * from {{ ref('campaign_groups') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

-- The application has one artist, status, invoice and salesperson per order: those of most of its campaigns.
of_campaigns as (

    select
        campaign_group_id,
        mode() within group (order by artist) as artist_name,
        mode() within group (order by status) as status,
        mode() within group (order by invoice) as invoice_status,
        mode() within group (order by salesperson) as salesperson
    from campaigns
    group by campaign_group_id

)

select
    campaign_groups.campaign_group_id as id,
    campaign_groups.client_id,
    campaign_groups.name,
    of_campaigns.artist_name,
    campaign_groups.goal as total_goal,
    campaign_groups.sale_price as total_budget,
    campaign_groups.start_date,
    of_campaigns.status,
    of_campaigns.invoice_status,
    of_campaigns.salesperson
from campaign_groups
left join of_campaigns using (campaign_group_id)
