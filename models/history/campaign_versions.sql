{%- set weak = {"start_date": "has_weak_start_dates", "last_modified_at": "has_weak_change_times"} -%}
{%- set cleared = {} -%}
{%- for parts in cleared_cells().values() %}{% do cleared.update({parts.cell: parts}) %}{% endfor -%}

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

-- From the first export that shows it on, a campaign has a version for every export, shown or not.
versions as (

    select
        appearances.campaign_id,
        exports.file_sha256,
        exports.file_name,
        exports.export_rank,
        exports.loaded_at
    from appearances
    inner join exports on appearances.first_export_rank <= exports.export_rank

),

with_last_values as (

    select
        versions.campaign_id,
        versions.file_sha256,
        versions.file_name,
        versions.export_rank,
        versions.loaded_at,
        export_rows.source_row,
        export_rows.source_row is not null as is_in_export,
        {%- for column, cell, type in campaign_columns() if column != "extra" %}
        {{ last_known_value(
            "export_rows." ~ cell, type, weak.get(cell) and "export_rows." ~ weak[cell], cleared.get(cell)
        ) }} as {{ column }},
        {%- endfor %}
        array_agg(export_rows.extra) filter (where export_rows.extra is not null) over so_far as extras
    from versions
    left join export_rows using (campaign_id, file_sha256)
    window so_far as (partition by versions.campaign_id order by versions.export_rank)

)

select
    campaign_id,
    file_sha256,
    file_name,
    export_rank,
    loaded_at,
    source_row,
    is_in_export,
    {%- for column, cell, type in campaign_columns() if column != "extra" %}
    {{ column }},
    {%- endfor %}
    -- Unknown columns are merged header by header, each with its newest value.
    (
        select jsonb_object_agg(cells.header, cells.value order by given.nth)
        from unnest(with_last_values.extras) with ordinality as given (extra, nth)
        cross join lateral jsonb_each(given.extra) as cells (header, value)
    ) as extra
from with_last_values
