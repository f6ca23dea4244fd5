with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

labels as (

    select * from {{ ref('int_vendor_labels') }}

),

addresses as (

    select * from {{ ref('int_email_addresses') }}
    where email is not null

),

spellings as (

    select
        labels.vendor_id,
        labels.vendor_key,
        labels.vendor_name,
        count(*) as times,
        min(campaigns.campaign_id) as first_campaign_id
    from campaigns
    inner join labels using (vendor)
    group by labels.vendor_id, labels.vendor_key, labels.vendor_name

),

-- As for clients: the most frequent spelling, then the first one seen.
names as (

    select distinct on (vendor_id) * from spellings
    order by vendor_id asc, times desc, first_campaign_id asc, vendor_name asc

),

emails as (

    select
        labels.vendor_id,
        mode() within group (order by addresses.email) as email
    from campaigns
    inner join labels on campaigns.vendor_of_email = labels.vendor
    inner join addresses on campaigns.vendor_email_cell = addresses.cell
    group by labels.vendor_id

)

select
    names.vendor_id,
    names.vendor_name as name,
    names.vendor_key as name_key,
    emails.email
from names
left join emails using (vendor_id)
