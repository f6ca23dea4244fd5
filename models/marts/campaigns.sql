with

known as (

    select * from {{ ref('int_campaigns') }}

),

sightings as (

    select * from {{ ref('int_latest_sightings') }}

),

first_clients as (

    select * from {{ ref('int_client_labels') }}
    where position = 1

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

sfa_urls as (

    select * from {{ ref('int_sfa_urls') }}

),

attributes as (

    select * from {{ ref('int_campaign_attributes') }}

),

latest_export as (

    select max(export_rank) as export_rank from {{ ref('stg_airtable__files') }}
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
    known.artist,
    known.song,
    known.url,
    known.url_kind,
    sfa_urls.sfa_url,
    sfa_urls.sfa_source,
    attributes.status,
    attributes.invoice,
    attributes.curator_status,
    known.salesperson,
    attributes.salespeople,
    attributes.client_emails,
    attributes.vendor_email,
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
    sightings.first_source_row as source_row,

    -- booleans
    known.is_vendor_paid,
    known.is_sfa_received,
    known.is_notify_vendor,
    known.is_ask_for_sfa,
    known.is_update_client,
    coalesce(sightings.last_full_export_rank = latest_export.export_rank, false) as is_in_latest_export,

    -- dates and times
    known.start_date,
    known.last_modified_at,
    now() as created_at,
    now() as updated_at
from known
inner join sightings using (campaign_id)
cross join latest_export
left join first_clients using (client_cell)
left join vendor_labels using (vendor)
left join sfa_urls using (campaign_id)
left join attributes using (campaign_id)
