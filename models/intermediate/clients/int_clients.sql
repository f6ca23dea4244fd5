with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

labels as (

    select * from {{ ref('int_client_labels') }}

),

addresses as (

    select * from {{ ref('int_email_addresses') }}
    where email is not null

),

spellings as (

    select
        labels.client_id,
        labels.client_key,
        labels.client_name,
        count(*) as times,
        min(campaigns.campaign_id) as first_campaign_id
    from campaigns
    inner join labels using (client_cell)
    group by labels.client_id, labels.client_key, labels.client_name

),

-- The most frequent spelling is the client's name; the first one seen breaks a tie.
names as (

    select distinct on (client_id) * from spellings
    order by client_id asc, times desc, first_campaign_id asc, client_name asc

),

-- Only the addresses of a row that names a single client can be attributed.
single_client_cells as (

    select
        client_cell,
        min(client_id::text)::uuid as client_id
    from labels
    group by client_cell
    having count(*) = 1

),

emails as (

    select
        single_client_cells.client_id,
        array_agg(distinct addresses.email order by addresses.email) as emails
    from campaigns
    inner join single_client_cells on campaigns.client_cell_of_emails = single_client_cells.client_cell
    inner join addresses on campaigns.client_email_cell = addresses.cell
    group by single_client_cells.client_id

)

select
    names.client_id,
    names.client_name as name,
    names.client_key as name_key,
    emails.emails
from names
left join emails using (client_id)
