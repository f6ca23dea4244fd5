{{ config(
    materialized='read_once', files='stg_spotify__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_spotify__files') }}
    where {{ is_unread('stg_spotify__files') }}

),

playlist_rows as (

    select * from {{ ref('stg_spotify__playlist_rows') }}
    where file_sha256 = any(array(select file_sha256 from files))

)

select
    file_sha256,
    time_window,
    count(*) as row_count,
    sum(streams) as streams,
    md5(string_agg(
        concat_ws('|', rank, name_cell, streams_cell), chr(10) order by position
    )) as content
from playlist_rows
group by file_sha256, time_window
