with

newest_rows as (

    select * from {{ ref('int_newest_rows') }}

),

export_rows as (

    select
        file_sha256,
        source_row,
        {%- for raw in campaign_cells().values() | map(attribute="raw") %}
        {{ raw }},
        {%- endfor %}
        extra
    from {{ ref('stg_airtable__campaigns') }}

),

known as (

    select * from {{ ref('int_campaigns') }}

),

-- The ledger's value beside each cell of a newest row that says nothing: few rows have one.
rows_with_gaps as materialized (

    select
        newest_rows.campaign_id,
        newest_rows.file_sha256,
        newest_rows.source_row,
        newest_rows.export_rank,
        newest_rows.column_names
    from newest_rows
    inner join export_rows using (file_sha256, source_row)
    inner join known using (campaign_id)
    where
        export_rows.url <> known.url
        or known.extra is distinct from export_rows.extra
        {%- for parts in campaign_cells().values() %}
        or (export_rows.{{ parts.raw }} is null and known.{{ parts.cell }} is not null)
        {%- endfor %}

),

kept as (

    select
        rows_with_gaps.file_sha256,
        rows_with_gaps.source_row,
        rows_with_gaps.campaign_id,
        rows_with_gaps.export_rank,
        cells.column_name,
        cells.raw_value,
        cells.reason
    from rows_with_gaps
    inner join export_rows using (file_sha256, source_row)
    inner join known using (campaign_id)
    cross join
        lateral (
            values
            {%- for name, parts in campaign_cells().items() %}
            (
                '{{ name }}',
                case when export_rows.{{ parts.raw }} is null then known.{{ parts.cell }} end::text,
                'cell_emptied'
            ),
            {%- endfor %}
            ('url', case when export_rows.url <> known.url then known.url end, 'link_kept')
        ) as cells (column_name, raw_value, reason)
    where
        cells.raw_value is not null
        and cells.column_name = any(rows_with_gaps.column_names)

    union all

    select
        rows_with_gaps.file_sha256,
        rows_with_gaps.source_row,
        rows_with_gaps.campaign_id,
        rows_with_gaps.export_rank,
        cells.header,
        cells.value,
        'cell_emptied'
    from rows_with_gaps
    inner join export_rows using (file_sha256, source_row)
    inner join known using (campaign_id)
    cross join lateral jsonb_each_text(known.extra) as cells (header, value)
    where
        cells.header = any(rows_with_gaps.column_names)
        and not coalesce(export_rows.extra ? cells.header, false)

)

select
    file_sha256,
    source_row,
    campaign_id,
    'row ' || source_row as place,
    column_name,
    raw_value,
    reason
from kept
where
    not exists (
        select 1 from newest_rows
        where
            newest_rows.campaign_id = kept.campaign_id
            and newest_rows.export_rank > kept.export_rank
            and kept.column_name = any(newest_rows.column_names)
    )
