with

files as (

    select * from {{ ref('stg_airtable__files') }}

),

cells as (

    select * from {{ ref('int_seen_rows') }}

),

-- Text in ASCII, most of it, was decoded rightly.
beyond_ascii as (

    select
        cells.file_sha256,
        cells.source_row,
        texts.column_name,
        texts.cell
    from cells
    cross join
        lateral (
            values
            ('name', cells.name_cell), ('client', cells.client_cell), ('vendor', cells.vendor_cell),
            ('salesperson', cells.salesperson), ('playlists', cells.playlists), ('notes', cells.notes),
            ('sp_vendor_updates', cells.sp_vendor_updates), ('spotify_campaign', cells.spotify_campaign)
        ) as texts (column_name, cell)
    where
        octet_length(texts.cell) > char_length(texts.cell)
        and texts.cell ~ '{{ wrongly_decoded() }}|[[:lower:]]Ž'

),

mended as (

    select
        file_sha256,
        source_row,
        column_name,
        left(cell, 200) as cell,
        {{ mended_text('left(cell, 200)') }} as mended
    from beyond_ascii

)

select
    file_sha256,
    source_row,
    null::bigint as campaign_id,
    'row ' || source_row as place,
    column_name,
    cell || ' → ' || mended as raw_value,
    'wrongly_decoded' as reason
from mended
union all
select
    file_sha256,
    null,
    null,
    'file',
    null,
    encoding,
    'encoding_assumed'
from files
where encoding like '%(assumed)'
