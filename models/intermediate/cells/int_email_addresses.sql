{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['cell']}],
) }}

-- depends_on: {{ ref('stg_airtable__files') }}

with

campaigns as (

    select * from {{ ref('stg_airtable__contents') }}

),

cells as (

    select client_email_cell as cell from campaigns
    where client_email_cell is not null
    union distinct
    select vendor_email_cell from campaigns
    where vendor_email_cell is not null

),

new_cells as (

    select * from cells
    where true {{ unless_known('cell', 'cells') }}

),

pieces as (

    select
        new_cells.cell,
        split.position,
        {{ collapse_whitespace('split.piece') }} as piece
    from new_cells
    cross join {{ split_emails('new_cells.cell') }} as split (piece, position)

),

-- Text that is no address (a name, `N/A`, two addresses without a separator) is kept, to be reported.
parsed as (

    select
        cell,
        position,
        piece,
        {{ parse_email('piece') }} as email
    from pieces
    where piece is not null

)

select * from parsed
