with

files as (

    select * from {{ ref('stg_airtable__files') }}

),

cells as (

    select * from {{ source('staging_airtable', 'campaigns') }}

),

-- Only the columns that are needed: parsing the others takes ten times as long.
campaigns as (

    select
        file_sha256,
        source_row,
        sale_price
    from {{ ref('stg_airtable__campaigns') }}

),

hashed as (

    select
        files.file_sha256,
        cells.source_row,
        md5(row(
            {%- for column in export_columns() %}
            cells.{{ column }},
            {%- endfor %}
            cells.extra
        )::text) as row_hash
    from cells
    inner join files using (file_sha256, run_key)

),

ranked as (

    select
        *,
        row_number() over (partition by file_sha256, row_hash order by source_row) as nth
    from hashed

),

-- The first of rows that are alike in every cell may be meant, the others are its copies.
copied as (

    select
        ranked.file_sha256,
        min(ranked.source_row) filter (where ranked.nth = 2) as source_row,
        string_agg(ranked.source_row::text, ', ' order by ranked.source_row) as source_rows,
        coalesce(sum(campaigns.sale_price) filter (where ranked.nth > 1), 0) as sale_price
    from ranked
    left join campaigns using (file_sha256, source_row)
    group by ranked.file_sha256, ranked.row_hash
    having count(*) > 1

)

select
    file_sha256,
    source_row,
    null::bigint as campaign_id,
    'row ' || source_row as place,
    'sale_price' as column_name,
    'rows ' || source_rows || ': copies with a sale price of $' || sale_price || ' in all' as raw_value,
    'pasted_twice' as reason
from copied
