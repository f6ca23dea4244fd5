{{ config(
    materialized='read_once', files='stg_airtable__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

ranked as (

    select
        export_rows.file_sha256,
        export_rows.source_row,
        export_rows.content_id,
        contents.sale_price,
        row_number() over (
            partition by export_rows.file_sha256, export_rows.content_id order by export_rows.source_row
        ) as nth
    from {{ ref('stg_airtable__rows') }} as export_rows
    inner join {{ ref('stg_airtable__contents') }} as contents using (content_id)
    where export_rows.file_sha256 = any(array(select file_sha256 from files))

),

-- The first of rows that are alike in every cell may be meant, the others are its copies.
copied as (

    select
        file_sha256,
        min(source_row) filter (where nth = 2) as source_row,
        string_agg(source_row::text, ', ' order by source_row) as source_rows,
        coalesce(sum(sale_price) filter (where nth > 1), 0) as sale_price
    from ranked
    group by file_sha256, content_id
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
