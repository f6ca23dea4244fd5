with

campaigns as (

    select
        file_sha256,
        source_row,
        client_cell,
        client_email_cell,
        vendor_email_cell,
        playlists,
        extra
    from {{ ref('int_seen_rows') }}

),

addresses as (

    select * from {{ ref('int_email_addresses') }}

),

lines as (

    select * from {{ ref('int_playlist_lines') }}

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

),

client_cells as (

    select distinct client_cell from {{ ref('int_client_labels') }}

),

-- A cell of nothing but separators has no piece: it is reported as a whole.
issues as (

    select distinct
        campaigns.file_sha256,
        campaigns.source_row,
        cells.column_name,
        coalesce(addresses.piece, cells.cell) as raw_value,
        'not_an_email' as reason
    from campaigns
    cross join
        lateral (
            values ('client_emails', client_email_cell), ('vendor_email', vendor_email_cell)
        ) as cells (column_name, cell)
    left join addresses using (cell)
    where cells.cell is not null and addresses.email is null

    union all

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'playlists',
        lines.line,
        'not_a_playlist'
    from campaigns
    inner join lines using (playlists)
    where not lines.is_read

    union all

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'playlists',
        removed_lines.line,
        'claim_removed'
    from campaigns
    inner join removed_lines using (playlists)

    union all

    select
        campaigns.file_sha256,
        campaigns.source_row,
        'client',
        campaigns.client_cell,
        'no_client_label'
    from campaigns
    left join client_cells using (client_cell)
    where campaigns.client_cell is not null and client_cells.client_cell is null

    union all

    -- A column that the ledger does not know is kept in `extra`, and reported as well.
    select
        campaigns.file_sha256,
        campaigns.source_row,
        extra.key,
        extra.value,
        'unknown_column'
    from campaigns
    cross join lateral jsonb_each_text(campaigns.extra) as extra

)

select
    file_sha256,
    source_row,
    null::bigint as campaign_id,
    'row ' || source_row as place,
    column_name,
    raw_value,
    reason
from issues
