with

rejected_records as (

    select * from {{ source('staging_spotify', 'rejected_records') }}

),

files as (

    select * from {{ ref('stg_spotify__files') }}

),

named as (

    select
        rejected_records.file_sha256::text as file_sha256,
        files.file_name,
        files.file_kind,
        rejected_records.source_row,
        rejected_records.place::text as place,
        rejected_records.reason::text as reason,
        rejected_records.raw_text::text as raw_text,
        files.loaded_at
    from rejected_records
    inner join files using (file_sha256, run_key)

)

select * from named
