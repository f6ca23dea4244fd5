with

files as (

    select * from {{ source('staging_spotify', 'files') }}

),

loads as (

    select * from {{ source('staging_spotify', '_dlt_loads') }}

),

-- The rows of a load that was killed belong to no finished load.
finished as (

    select
        files.file_sha256::text as file_sha256,
        files.run_key::text as run_key,
        files.file_name::text as file_name,
        files.file_kind::text as file_kind,
        files.file_bytes,
        files.record_count,
        files.rejected_count,
        files.loaded_at
    from files
    inner join loads on files._dlt_load_id = loads.load_id and loads.status = 0

)

select * from finished
