{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id']}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}
    where first_file_sha256 = any(array(select file_sha256 from files))

),

-- Text in ASCII, most of it, was decoded rightly.
beyond_ascii as (

    select
        contents.content_id,
        texts.column_name,
        left(texts.cell, 200) as cell
    from contents
    cross join
        lateral (
            values
            ('name', contents.name_cell), ('client', contents.client_cell), ('vendor', contents.vendor_cell),
            ('salesperson', contents.salesperson), ('playlists', contents.playlists), ('notes', contents.notes),
            ('sp_vendor_updates', contents.sp_vendor_updates), ('spotify_campaign', contents.spotify_campaign)
        ) as texts (column_name, cell)
    where
        octet_length(texts.cell) > char_length(texts.cell)
        and texts.cell ~ '{{ wrongly_decoded() }}|[[:lower:]]Ž'

)

select
    content_id,
    column_name,
    cell || ' → ' || {{ mended_text('cell') }} as raw_value,
    'wrongly_decoded' as reason
from beyond_ascii
