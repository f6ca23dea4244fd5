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
        {{ clean_text('split.piece') }} as piece
    from cells
    cross join {{ split_emails('cells.cell') }} as split (piece, position)

),

-- Several addresses glued to each other, a name, N/A: not an address, and reported.
read as (

    select
        cell,
        position,
        piece,
        {{ parse_email('piece') }} as email
    from pieces
    where piece is not null

)

select * from read
