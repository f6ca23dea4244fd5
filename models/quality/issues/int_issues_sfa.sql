with

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

candidates as (

    select * from {{ ref('int_found_sfa_urls') }}

),

known as (

    select
        campaign_id,
        name_key,
        label_key
    from {{ ref('int_campaigns') }}

),

decisions as (

    select * from {{ ref('int_sfa_decisions') }}

),

latest_sightings as (

    select distinct on (sightings.campaign_id)
        sightings.file_sha256,
        sightings.source_row,
        sightings.campaign_id
    from sightings
    inner join exports using (file_sha256)
    order by sightings.campaign_id asc, exports.export_number desc, sightings.source_row desc

),

other_urls as (

    select distinct
        candidates.file_sha256,
        candidates.source_row,
        candidates.campaign_id,
        'sfa_url' as column_name,
        candidates.sfa_url_cell || ' instead of ' || campaigns.sfa_url as raw_value,
        'sfa_url_differs' as reason
    from candidates
    inner join campaigns using (campaign_id)
    where
        campaigns.sfa_url <> {{ sfa_url('candidates.artist_id', 'candidates.track_id') }}
        -- A person may type another form of the same address.
        and {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[candidates.artist_id, candidates.track_id]

),

-- Accepted in a review for a campaign that had another page by then.
other_decisions as (

    select
        latest_sightings.file_sha256,
        latest_sightings.source_row,
        campaigns.campaign_id,
        'sfa_url' as column_name,
        decisions.sfa_url_cell || ' instead of ' || campaigns.sfa_url as raw_value,
        'sfa_url_differs' as reason
    from known
    inner join decisions
        on
            known.name_key = decisions.campaign_key
            and coalesce(known.label_key, '') = coalesce(decisions.label_key, '')
    inner join campaigns using (campaign_id)
    inner join latest_sightings using (campaign_id)
    where
        decisions.decision = 'accepted'
        and {{ sfa_ids('campaigns.sfa_url') }} is distinct from array[decisions.artist_id, decisions.track_id]

),

other_tracks as (

    select
        latest_sightings.file_sha256,
        latest_sightings.source_row,
        campaigns.campaign_id,
        'sfa_track_id' as column_name,
        campaigns.sfa_track_id || ' instead of ' || campaigns.track_id as raw_value,
        'sfa_track_differs' as reason
    from campaigns
    inner join latest_sightings using (campaign_id)
    where campaigns.sfa_track_id <> campaigns.track_id

)

select * from other_urls
union all
select * from other_decisions
union all
select * from other_tracks
