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

doubtful as (

    select
        sightings.*,
        coalesce(evidence.reported_as, 'matched_with_rival') as reason
    from sightings
    left join evidence on sightings.matched_by = evidence.name
    where evidence.reported_as is not null or sightings.has_rival

),

-- Both sides of the match: what the row says, and what was known of the campaigns when the row came.
described as (

    select
        doubtful.file_sha256,
        doubtful.source_row,
        doubtful.campaign_id,
        doubtful.reason,
        {{ match_side_in_words('doubtful', "'row ' || doubtful.source_row") }} as given,
        {{ match_side_in_words(
            'known',
            "'campaign ' || doubtful.campaign_id || ' (row ' || known.source_row || ' of ' || known.file_name || ')'"
        ) }} as known,
        {{ match_side_in_words('rival_rows', "'row ' || doubtful.rival_row") }} as rival_row,
        {{ match_side_in_words('rivals', "'campaign ' || doubtful.rival_campaign_id") }} as rival_campaign
    from doubtful
    {% for name, campaign in [("known", "campaign_id"), ("rivals", "rival_campaign_id")] -%}
    left join
        lateral (
            select
                earlier.*,
                exports.file_name
            from {{ ref('campaign_sightings') }} as earlier
            inner join exports using (file_sha256)
            where earlier.campaign_id = doubtful.{{ campaign }} and earlier.created_at < doubtful.created_at
            order by earlier.created_at desc
            limit 1
        ) as {{ name }}
        on true
    {% endfor -%}
    left join sightings as rival_rows
        on doubtful.file_sha256 = rival_rows.file_sha256 and doubtful.rival_row = rival_rows.source_row

)

select
    file_sha256,
    source_row,
    campaign_id,
    'name' as column_name,
    concat_ws('; or ', given || ' is taken for ' || coalesce(known, 'a new campaign'), rival_row, rival_campaign)
        as raw_value,
    reason
from described
