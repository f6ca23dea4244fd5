with

campaigns as (

    select * from {{ ref('campaigns') }}

),

newest_rows as (

    select
        sightings.campaign_id,
        sightings.file_sha256,
        sightings.source_row,
        known.name_key,
        known.label_key
    from {{ ref('int_latest_sightings') }} as sightings
    inner join {{ ref('int_campaigns') }} as known using (campaign_id)

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

newest_of_columns as (

    select * from {{ ref('int_newest_rows') }}

),

newest_cells as (

    select
        campaign_id,
        max(export_rank) as export_rank
    from newest_of_columns
    where 'is_sfa_received' = any(column_names)
    group by campaign_id

),

-- What the campaign's newest row or the latest search says is of today.
found_urls as (

    select
        found.*,
        case
            when exports.export_rank is not null then exports.export_rank >= newest_cells.export_rank
            else found.found_at = max(found.found_at) over (partition by found.campaign_id, found.sfa_source)
        end as is_current
    from {{ ref('int_found_sfa_urls') }} as found
    left join exports using (file_sha256)
    left join newest_cells using (campaign_id)

),

accepted as (

    select * from {{ ref('int_sfa_decisions') }}
    where decision = 'accepted'

),

other_urls as (

    select distinct
        found_urls.file_sha256,
        found_urls.source_row,
        found_urls.campaign_id,
        'sfa_url' as column_name,
        found_urls.sfa_url_cell || ' instead of ' || campaigns.sfa_url as raw_value,
        'sfa_url_differs' as reason,
        found_urls.is_current
    from found_urls
    inner join campaigns using (campaign_id)
    where
        campaigns.sfa_url <> {{ sfa_url('found_urls.artist_id', 'found_urls.track_id') }}
        -- A person may have typed another form of the same address.
        and {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[found_urls.artist_id, found_urls.track_id]

),

-- Accepted in a review for a campaign that had another page by then.
other_decisions as (

    select
        newest_rows.file_sha256,
        newest_rows.source_row,
        newest_rows.campaign_id,
        'sfa_url' as column_name,
        accepted.sfa_url_cell || ' instead of ' || campaigns.sfa_url as raw_value,
        'sfa_url_differs' as reason,
        true as is_current
    from newest_rows
    inner join accepted
        on
            newest_rows.name_key = accepted.campaign_key
            and coalesce(newest_rows.label_key, '') = coalesce(accepted.label_key, '')
    inner join campaigns using (campaign_id)
    where {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[accepted.artist_id, accepted.track_id]

),

other_tracks as (

    select
        newest_rows.file_sha256,
        newest_rows.source_row,
        newest_rows.campaign_id,
        'sfa_track_id' as column_name,
        campaigns.sfa_track_id || ' instead of ' || campaigns.track_id as raw_value,
        'sfa_track_differs' as reason,
        true as is_current
    from newest_rows
    inner join campaigns using (campaign_id)
    where campaigns.sfa_track_id <> campaigns.track_id

),

issues as (

    select * from other_urls
    union all
    select * from other_decisions
    union all
    select * from other_tracks

)

select
    file_sha256,
    source_row,
    campaign_id,
    coalesce('row ' || source_row, 'file') as place,
    column_name,
    raw_value,
    reason,
    is_current
from issues
