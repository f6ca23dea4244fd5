with

campaigns as (

    select * from {{ ref('campaigns') }}

),

campaign_clients as (

    select * from {{ ref('campaign_clients') }}

),

clients as (

    select * from {{ ref('clients') }}

),

vendors as (

    select * from {{ ref('vendors') }}

),

client_names as (

    select
        campaign_clients.campaign_id,
        string_agg(clients.name, ', ' order by campaign_clients.position) as client
    from campaign_clients
    inner join clients using (client_id)
    group by campaign_clients.campaign_id

)

-- The web application expects the 26 columns as text in the form of the sheet.
select
    campaigns.campaign_id as id,
    campaigns.name as campaign,
    client_names.client,
    campaigns.goal::text as goal,
    campaigns.salesperson,
    campaigns.remaining::text as remaining,
    campaigns.daily::text as daily,
    campaigns.weekly::text as weekly,
    campaigns.url,
    '$' || campaigns.sale_price::text as sale_price,
    to_char(campaigns.start_date, 'FMMM/FMDD/YYYY') as start_date,
    initcap(campaigns.status) as status,
    case campaigns.invoice when 'n_a' then 'N/A' when 'tbd' then 'TBD' else initcap(campaigns.invoice) end as invoice,
    vendors.name as vendor,
    {{ checkbox_text('campaigns.is_vendor_paid') }} as paid_vendor,
    case campaigns.curator_status when 'tbd' then 'TBD' else initcap(campaigns.curator_status) end as curator_status,
    campaigns.playlists,
    campaigns.sfa_url as sfa,
    {{ checkbox_text('campaigns.is_notify_vendor') }} as notify_vendor,
    {{ checkbox_text('campaigns.is_ask_for_sfa') }} as ask_for_sfa,
    {{ checkbox_text('campaigns.is_update_client') }} as update_client,
    array_to_string(campaigns.client_emails, ', ') as client_email,
    campaigns.vendor_email,
    campaigns.notes,
    to_char(campaigns.last_modified_at, 'FMMM/FMDD/YYYY FMHH12:MIam') as last_modified,
    campaigns.sp_vendor_updates,
    campaigns.spotify_campaign,
    campaigns.client_id,
    campaigns.vendor_id,
    campaigns.campaign_group_id
from campaigns
left join client_names using (campaign_id)
left join vendors using (vendor_id)
