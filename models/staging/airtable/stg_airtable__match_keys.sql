with

export_rows as (

    select * from {{ ref('stg_airtable__rows') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}

)

select
    export_rows.file_sha256,
    export_rows.source_row,
    export_rows.content_id,
    files.coverage = 'view' as is_in_view,
    contents.name_key,
    {{ chosen_reading('start_date', 'files.start_date_order', 'files.start_date_dot_order') }} as start_date,
    {{ chosen_reading('last_modified', 'files.last_modified_order', 'files.last_modified_dot_order') }}
        as last_modified_at,
    contents.vendor_key,
    contents.goal,
    contents.url_key,
    contents.client_key,
    contents.sale_price,
    contents.row_hash
from export_rows
inner join files using (file_sha256)
inner join contents using (content_id)
