with

sightings as (

    select * from {{ ref('campaign_sightings') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}

),

evidence as (

    select * from {{ ref('match_evidence') }}

),

-- A row without any change rests on the match that its last change rested on.
last_changes as (

    select
        sightings.campaign_id,
        max(exports.export_rank) as export_rank
    from sightings
    inner join exports using (file_sha256)
    where sightings.matched_by <> 'whole_row'
    group by sightings.campaign_id

),

uncertain as (

    select
        sightings.*,
        exports.export_rank = last_changes.export_rank as is_current,
        coalesce(evidence.reported_as, 'matched_with_rival') as reason
    from sightings
    inner join exports using (file_sha256)
    left join last_changes using (campaign_id)
    left join evidence on sightings.matched_by = evidence.name
    where evidence.reported_as is not null or sightings.has_rival

),

-- Both sides of the match: what the row says, and what was known of the campaigns at the time.
described as (

    select
        uncertain.file_sha256,
        uncertain.source_row,
        uncertain.campaign_id,
        uncertain.reason,
        uncertain.is_current,
        {{ describe_sighting('uncertain', "'row ' || uncertain.source_row") }} as incoming,
        {{ describe_sighting(
            'known',
            "'campaign ' || uncertain.campaign_id || ' (row ' || known.source_row || ' of ' || known.file_name || ')'"
        ) }} as known,
        {{ describe_sighting('rival_rows', "'row ' || uncertain.rival_row") }} as rival_row,
        {{ describe_sighting('rivals', "'campaign ' || uncertain.rival_campaign_id") }} as rival_campaign
    from uncertain
    {% for name, campaign in [("known", "campaign_id"), ("rivals", "rival_campaign_id")] -%}
    left join
        lateral (
            select
                earlier.*,
                exports.file_name
            from {{ ref('campaign_sightings') }} as earlier
            inner join exports using (file_sha256)
            where earlier.campaign_id = uncertain.{{ campaign }} and earlier.created_at < uncertain.created_at
            order by earlier.created_at desc
            limit 1
        ) as {{ name }}
        on true
    {% endfor -%}
    left join sightings as rival_rows
        on uncertain.file_sha256 = rival_rows.file_sha256 and uncertain.rival_row = rival_rows.source_row

)

select
    file_sha256,
    source_row,
    campaign_id,
    'row ' || source_row as place,
    'name' as column_name,
    concat_ws('; or ', incoming || ' is taken for ' || coalesce(known, 'a new campaign'), rival_row, rival_campaign)
        as raw_value,
    reason,
    coalesce(is_current, true) as is_current
from described
