{{ config(
    materialized='read_once', files='stg_airtable__files',
    indexes=[{'columns': ['file_sha256', 'source_row'], 'unique': true}, {'columns': ['content_id']}],
) }}

with

files as (

    select * from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

-- As arrays, so that PostgreSQL finds the new files before it reads any row.
export_rows as (

    select * from {{ source('staging_airtable', 'campaigns') }}
    where
        file_sha256 = any(array(select file_sha256 from files))
        and run_key = any(array(select run_key from files))

)

select
    file_sha256::text as file_sha256,
    source_row,
    md5(row(
        {%- for column in export_columns() %}
        {{ column }},
        {%- endfor %}
        extra
    )::text)::uuid as content_id
from export_rows
