with

files as (

    select * from {{ ref('stg_airtable__files') }}

),

campaigns as (

    select
        file_sha256,
        source_row,
        name,
        name_cell,
        client_cell,
        vendor,
        vendor_cell,
        playlists,
        long_columns
    from {{ ref('int_seen_rows') }}

),

-- Only where there are any: the loaded table is large.
files_with_long_cells as (

    select file_sha256 from campaigns
    where long_columns is not null

),

cells as (

    select * from {{ source('staging_airtable', 'campaigns') }}
    where file_sha256 = any(array(select file_sha256 from files_with_long_cells))

),

labels as (

    select distinct client_cell from {{ ref('int_client_labels') }}
    where {{ is_cut_name('label') }}

),

lines as (

    select * from {{ ref('int_playlist_lines') }}
    where {{ is_cut_name('name') }}

),

issues as (

    {% for column in cell_limits() -%}
    select
        campaigns.file_sha256,
        campaigns.source_row,
        'row ' || campaigns.source_row as place,
        '{{ "client_emails" if column == "client_email" else column }}' as column_name,
        cells.{{ column }} as raw_value,
        'cell_too_long' as reason
    from campaigns
    inner join files using (file_sha256)
    inner join cells using (file_sha256, run_key, source_row)
    where '{{ column }}' = any(string_to_array(campaigns.long_columns, ' '))
    union all
    {% endfor -%}
    select
        file_sha256,
        source_row,
        'row ' || source_row,
        'name',
        name_cell,
        'name_too_long'
    from campaigns
    where {{ is_cut_name('name') }}
    union all
    select
        file_sha256,
        source_row,
        'row ' || source_row,
        'vendor',
        vendor_cell,
        'name_too_long'
    from campaigns
    where {{ is_cut_name('vendor') }}
    union all
    select
        campaigns.file_sha256,
        campaigns.source_row,
        'row ' || campaigns.source_row,
        'client',
        campaigns.client_cell,
        'name_too_long'
    from campaigns
    inner join labels using (client_cell)
    union all
    select
        campaigns.file_sha256,
        campaigns.source_row,
        'row ' || campaigns.source_row,
        'playlists',
        lines.line,
        'name_too_long'
    from campaigns
    inner join lines using (playlists)

)

select
    file_sha256,
    source_row,
    null::bigint as campaign_id,
    place,
    column_name,
    raw_value,
    reason
from issues
