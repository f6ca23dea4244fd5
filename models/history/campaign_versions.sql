with

appearances as (

    select * from {{ ref('campaign_appearances') }}

),

exports as (

    select * from {{ ref('stg_airtable__files') }}
    where record_count > 0

),

export_rows as (

    select
        sightings.campaign_id,
        campaigns.*
    from {{ ref('campaign_sightings') }} as sightings
    inner join {{ ref('stg_airtable__campaigns') }} as campaigns using (file_sha256, source_row)

),

-- From the first export that shows a campaign it is there in every later one, shown or not.
versions as (

    select
        appearances.campaign_id,
        exports.file_sha256,
        exports.file_name,
        exports.export_number,
        exports.loaded_at
    from appearances
    inner join exports on appearances.first_export_number <= exports.export_number

),

carried as (

    select
        versions.campaign_id,
        versions.file_sha256,
        versions.file_name,
        versions.export_number,
        versions.loaded_at,
        export_rows.source_row,
        export_rows.source_row is not null as is_in_export,
        {%- for column, cell, type in campaign_columns() if column != "extra" %}
        {{ carried("export_rows." ~ cell, type) }} as {{ column }},
        {%- endfor %}
        array_agg(export_rows.extra) filter (where export_rows.extra is not null) over so_far as extras
    from versions
    left join export_rows using (campaign_id, file_sha256)
    window so_far as (partition by versions.campaign_id order by versions.export_number)

)

select
    campaign_id,
    file_sha256,
    file_name,
    export_number,
    loaded_at,
    source_row,
    is_in_export,
    {%- for column, cell, type in campaign_columns() if column != "extra" %}
    {{ column }},
    {%- endfor %}
    -- Of the columns that the ledger does not know, each one's newest cell.
    (
        select jsonb_object_agg(cells.header, cells.value order by given.nth)
        from unnest(carried.extras) with ordinality as given (extra, nth)
        cross join lateral jsonb_each(given.extra) as cells (header, value)
    ) as extra
from carried
