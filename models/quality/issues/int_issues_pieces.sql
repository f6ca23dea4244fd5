with

campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

addresses as (

    select * from {{ ref('int_email_addresses') }}

),

lines as (

    select * from {{ ref('int_playlist_lines') }}
    where name is null

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

email_cells as (

    select
        file_sha256,
        source_row,
        cells.column_name,
        cells.cell
    from campaigns
    cross join
        lateral (
            values ('client_emails', client_email_cell), ('vendor_email', vendor_email_cell)
        ) as cells (column_name, cell)
    where cells.cell is not null

),

no_emails as (

    select distinct
        email_cells.file_sha256,
        email_cells.source_row,
        email_cells.column_name,
        coalesce(addresses.piece, email_cells.cell) as raw_value,
        'not_an_email' as reason
    from email_cells
    left join addresses using (cell)
    where addresses.email is null

),

no_claims as (

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'playlists' as column_name,
        lines.line as raw_value,
        'not_a_playlist' as reason
    from campaigns
    inner join lines using (playlists)

),

-- A cell of nothing but commas.
no_clients as (

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'client' as column_name,
        campaigns.client_cell as raw_value,
        'no_client_label' as reason
    from campaigns
    left join client_cells using (client_cell)
    where campaigns.client_cell is not null and client_cells.client_cell is null

)

select * from no_emails
union all
select * from no_claims
union all
select * from no_clients
