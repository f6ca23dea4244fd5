with

source_rows as (

    select * from {{ source('staging_airtable', 'campaigns') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

)

-- Counted before any rule has touched a cell.
select
    files.file_sha256,
    sum(num_nonnulls(
        {%- for column in export_columns() %}
        {{ kept_text("source_rows." ~ column) }}{{ "," if not loop.last }}
        {%- endfor %}
    )) as filled_cells
from source_rows
inner join files using (file_sha256, run_key)
group by files.file_sha256
