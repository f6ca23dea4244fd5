with

known as (

    select * from {{ ref('int_campaigns') }}

),

first_clients as (

    select * from {{ ref('int_campaign_clients') }}
    where position = 1

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

sfa_urls as (

    select * from {{ ref('int_sfa_urls') }}

),

salespeople as (

    select * from {{ ref('int_salespeople') }}

),

states as (

    select * from {{ ref('int_campaign_attributes') }}

),

emails as (

    select * from {{ ref('int_email_lists') }}

),

latest as (

    select max(export_number) as export_number from {{ ref('stg_airtable__files') }}
    where coverage = 'full' and record_count > 0

)

select
    -- ids
    known.campaign_id,
    first_clients.client_id,
    vendor_labels.vendor_id,
    {{ campaign_group_id('first_clients.client_id', 'known.start_date') }} as campaign_group_id,
    known.track_id,
    sfa_urls.track_id as sfa_track_id,

    -- text
    known.name,
    ({{ artist_and_song('known.name') }})[1] as artist,
    coalesce(({{ artist_and_song('known.name') }})[2], known.name) as song,
    known.url,
    known.url_kind,
    sfa_urls.sfa_url,
    sfa_urls.sfa_source,
    states.status,
    states.invoice,
    states.curator_status,
    known.salesperson,
    salespeople.salespeople,
    client_emails.emails as client_emails,
    array_to_string(vendor_emails.emails, ', ') as vendor_email,
    known.playlists,
    known.notes,
    known.sp_vendor_updates,
    known.spotify_campaign,
    known.extra,

    -- numbers
    known.goal,
    known.remaining,
    known.daily,
    known.weekly,
    known.sale_price,
    known.source_row,

    -- booleans
    known.is_vendor_paid,
    known.is_sfa_received,
    known.is_notify_vendor,
    known.is_ask_for_sfa,
    known.is_update_client,
    coalesce(known.last_full_export_number = latest.export_number, false) as is_in_latest_export,

    -- dates and times
    known.start_date,
    known.last_modified_at,
    now() as created_at,
    now() as updated_at
from known
cross join latest
left join first_clients using (campaign_id)
left join vendor_labels using (vendor)
left join sfa_urls using (campaign_id)
left join salespeople on known.people_cell = salespeople.salesperson
left join states using (campaign_id)
left join emails as client_emails on known.client_email_cell = client_emails.cell
left join emails as vendor_emails on known.vendor_email_cell = vendor_emails.cell
