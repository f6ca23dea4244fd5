with

campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

cells as (

    select client_email_cell as cell from campaigns
    where client_email_cell is not null
    union distinct
    select vendor_email_cell from campaigns
    where vendor_email_cell is not null

),

pieces as (

    select
        cells.cell,
        split.position,
        {{ collapse_whitespace('split.piece') }} as piece
    from cells
    cross join {{ split_emails('cells.cell') }} as split (piece, position)

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
