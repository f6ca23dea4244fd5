{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id']}],
    pre_hook="set local enable_nestloop = off",
) }}

with

files as (

    select
        file_sha256,
        run_key
    from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

contents as (

    select
        contents.*,
        files.run_key
    from {{ ref('stg_airtable__contents') }} as contents
    inner join files on contents.first_file_sha256 = files.file_sha256

),

long_contents as (

    select * from contents
    where long_columns is not null

),

files_with_long_cells as (

    select distinct first_file_sha256 as file_sha256 from long_contents

),

-- Only of files that have any: the loaded table is large.
cells as (

    select
        long_contents.content_id,
        long_contents.long_columns,
        export_rows.*
    from long_contents
    inner join {{ source('staging_airtable', 'campaigns') }} as export_rows
        on
            long_contents.first_file_sha256 = export_rows.file_sha256
            and long_contents.run_key = export_rows.run_key
            and long_contents.first_source_row = export_rows.source_row
    where export_rows.file_sha256 = any(array(select file_sha256 from files_with_long_cells))

),

labels as (

    select distinct client_cell from {{ ref('int_client_pieces') }}
    where {{ is_cut_name('label') }}

),

lines as (

    select * from {{ ref('int_playlist_lines') }}
    where {{ is_cut_name('name') }}

)

{% for column in cell_limits() -%}
select
    content_id,
    '{{ "client_emails" if column == "client_email" else column }}' as column_name,
    {{ column }} as raw_value,
    'cell_too_long' as reason
from cells
where '{{ column }}' = any(string_to_array(long_columns, ' '))
union all
{% endfor -%}
{% for column in ["name", "vendor"] -%}
select
    content_id,
    '{{ column }}',
    {{ column }}_cell,
    'name_too_long'
from contents
where {{ is_cut_name(column) }}
union all
{% endfor -%}
select
    contents.content_id,
    'client',
    contents.client_cell,
    'name_too_long'
from contents
inner join labels using (client_cell)
union all
select
    contents.content_id,
    'playlists',
    lines.line,
    'name_too_long'
from contents
inner join lines using (playlists)
