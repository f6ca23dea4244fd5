{#-
    A CTE of rows whose date may be read in two ways, each with the date of the known campaign that it agrees with in
    other columns: nobody else on either side does. Some thousand rows are evidence enough.
-#}
{% macro known_dates(file_sha256, column, is_matched, most_rows=5000) -%}
    {%- set evidence = {
        "all": ["name_key", "vendor_key", "client_key", "goal::text", "url_key"],
        "vendor": ["name_key", "vendor_key"],
        "client": ["name_key", "client_key"],
        "link": ["url_key", "vendor_key"],
        "name": ["name_key"],
    } -%}
    open_rows as materialized (

        select date_cells.month_first, date_cells.day_first, keys.*
        from (select * from date_cells where is_either order by source_row limit {{ most_rows }}) as date_cells
        inner join {{ ref('stg_airtable__match_keys') }} as keys
            on date_cells.source_row = keys.source_row and keys.file_sha256 = '{{ file_sha256 }}'

    ),

    known_campaigns as materialized (

        select distinct on (sightings.campaign_id) sightings.*
        from {{ this }} as sightings
        inner join {{ ref('stg_airtable__files') }} as files using (file_sha256)
        where
            exists (select 1 from open_rows)
            {%- if is_matched %}
            -- Known before it: not by its own rows, nor by those of later exports.
            and files.export_rank < (
                select export_rank from {{ ref('stg_airtable__files') }} where file_sha256 = '{{ file_sha256 }}'
            )
            {%- endif %}
        order by sightings.campaign_id, files.export_rank desc, sightings.source_row desc

    ),

    {% for side, id in [("open_rows", "source_row"), ("known_campaigns", "campaign_id")] -%}
    {{ side }}_by_evidence as materialized (

        select {{ side }}.{{ id }}, evidence.kind, evidence.key,
            count(*) over (partition by evidence.kind, evidence.key) as times
        from {{ side }}
        cross join lateral (
            values
            {%- for kind, columns in evidence.items() %}
            ('{{ kind }}', {{ columns | join(" || '|' || ") }}){{ "," if not loop.last }}
            {%- endfor %}
        ) as evidence (kind, key)
        where
            evidence.key is not null
            {%- if side == "known_campaigns" %}
            and (evidence.kind, evidence.key) in (select kind, key from open_rows_by_evidence)
            {%- endif %}

    ),

    {% endfor -%}
    known_dates as (

        select distinct
            open_rows.source_row, open_rows.month_first, open_rows.day_first, known_campaigns.campaign_id,
            known_campaigns.{{ column }} as known_date
        from open_rows_by_evidence as incoming
        inner join known_campaigns_by_evidence as known using (kind, key)
        inner join open_rows using (source_row)
        inner join known_campaigns using (campaign_id)
        where incoming.times = 1 and known.times = 1

    )
{%- endmacro %}
