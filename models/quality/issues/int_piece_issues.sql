{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id']}],
    pre_hook="set local enable_nestloop = off",
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

addresses as (

    select * from {{ ref('int_email_addresses') }}

),

lines as (

    select * from {{ ref('int_playlist_lines') }}

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

removed_lines as materialized (

    select distinct
        playlists,
        line
    from lines
    where
        name is not null
        and line
        ~* '(?:[[({] *remov(?:ed|ing)[^])}]*[])}]|[^ ] [–—-] remov(?:ed|ing)[a-z ]*)[^ ]?$'

)

-- A cell of nothing but separators has no piece: it is reported as a whole.
select distinct
    contents.content_id,
    cells.column_name,
    coalesce(addresses.piece, cells.cell) as raw_value,
    'not_an_email' as reason
from contents
cross join
    lateral (
        values ('client_emails', client_email_cell), ('vendor_email', vendor_email_cell)
    ) as cells (column_name, cell)
left join addresses using (cell)
where cells.cell is not null and addresses.email is null

union all

select
    contents.content_id,
    'playlists',
    lines.line,
    'not_a_playlist'
from contents
inner join lines using (playlists)
where not lines.is_read

union all

select
    contents.content_id,
    'playlists',
    removed_lines.line,
    'claim_removed'
from contents
inner join removed_lines using (playlists)

union all

select
    contents.content_id,
    'client',
    contents.client_cell,
    'no_client_label'
from contents
left join client_cells using (client_cell)
where contents.client_cell is not null and client_cells.client_cell is null

union all

-- A column that the ledger does not know is kept in `extra`, and reported as well.
select
    contents.content_id,
    extra.key,
    extra.value,
    'unknown_column'
from contents
cross join lateral jsonb_each_text(contents.extra) as extra
