{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id'], 'unique': true}, {'columns': ['first_file_sha256']}],
) }}

with

files as (

    select * from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

new_contents as (

    select distinct on (content_id)
        content_id,
        files.file_sha256,
        files.run_key,
        export_rows.source_row
    from {{ ref('stg_airtable__rows') }} as export_rows
    inner join files using (file_sha256)
    where true {{ unless_known('content_id', 'export_rows') }}
    order by content_id asc, files.loaded_at asc, files.file_sha256 asc, export_rows.source_row asc

),

cleaned as (

    select
        -- ids
        new_contents.content_id,
        new_contents.file_sha256 as first_file_sha256,
        new_contents.source_row as first_source_row,

        -- text
        {{ short_name(collapse_whitespace('campaign')) }} as name,
        {{ null_if_blank(limited_cell('client')) }} as client_cell,
        {{ join_lines(limited_cell('salesperson')) }} as salesperson,
        {{ collapse_whitespace(limited_cell('url')) }} as url,
        {{ short_name(collapse_whitespace('vendor')) }} as vendor,
        {{ null_if_blank(limited_cell('playlists')) }} as playlists,
        {{ null_if_blank(limited_cell('client_email')) }} as client_email_cell,
        {{ null_if_blank(limited_cell('vendor_email')) }} as vendor_email_cell,
        {{ null_if_blank('notes') }} as notes,
        {{ null_if_blank('sp_vendor_updates') }} as sp_vendor_updates,
        {{ null_if_blank('spotify_campaign') }} as spotify_campaign,
        {{ collapse_whitespace('status') }} as status_cell,
        {{ collapse_whitespace('invoice') }} as invoice_cell,
        {{ collapse_whitespace('curator_status') }} as curator_status_cell,
        export_rows.extra::jsonb as extra,

        -- numbers
        {{ parse_whole_number('goal') }} as goal,
        {{ parse_whole_number('remaining') }} as remaining,
        {{ parse_whole_number('daily') }} as daily,
        {{ parse_whole_number('weekly') }} as weekly,
        {{ parse_money('sale_price') }} as sale_price,

        -- booleans: null where the box is empty, which is false only in a file that has the column
        {{ parse_checkbox('paid_vendor', 'false') }} as is_vendor_paid,
        case
            when {{ sfa_ids('sfa') }} is not null then true
            else {{ parse_checkbox('sfa', 'false') }}
        end as is_sfa_received,
        {{ parse_checkbox('notify_vendor', 'false') }} as is_notify_vendor,
        {{ parse_checkbox('ask_for_sfa', 'false') }} as is_ask_for_sfa,
        {{ parse_checkbox('update_client', 'false') }} as is_update_client,

        -- dates and times in every order of day and month: the file's column decides (see `chosen_reading`)
        {{ readings('start_date', parse_date) }},
        {{ readings('last_modified', parse_timestamp) }},

        -- cells as typed, for values that cannot be parsed
        export_rows.campaign::text as name_cell,
        export_rows.vendor::text as vendor_cell,
        {{ collapse_whitespace('goal') }} as goal_cell,
        {{ collapse_whitespace('remaining') }} as remaining_cell,
        {{ collapse_whitespace('daily') }} as daily_cell,
        {{ collapse_whitespace('weekly') }} as weekly_cell,
        {{ collapse_whitespace('sale_price') }} as sale_price_cell,
        {{ collapse_whitespace('paid_vendor') }} as is_vendor_paid_cell,
        {{ collapse_whitespace('sfa') }} as is_sfa_received_cell,
        {{ collapse_whitespace('notify_vendor') }} as is_notify_vendor_cell,
        {{ collapse_whitespace('ask_for_sfa') }} as is_ask_for_sfa_cell,
        {{ collapse_whitespace('update_client') }} as is_update_client_cell,
        {{ collapse_whitespace('start_date') }} as start_date_cell,
        {{ collapse_whitespace('last_modified') }} as last_modified_at_cell,

        -- keys of the matching
        {{ text_key('campaign') }} as name_key,
        {{ text_key('vendor') }} as vendor_key,
        {{ text_key('client') }} as client_key,
        coalesce(
            array_to_string({{ spotify_link('url') }}, ' '),
            case when {{ is_link('url') }} then {{ text_key('url') }} end
        ) as url_key,
        md5(row(
            {%- for column in export_columns() %}
            export_rows.{{ column }}{{ "," if not loop.last }}
            {%- endfor %}
        )::text) as row_hash,

        -- the page on Spotify for Artists: people also put it where the song's link belongs, the SFA cell comes first
        {{
            collapse_whitespace("case when " ~ sfa_ids('sfa') ~ " is null then " ~ limited_cell('url') ~ " else sfa end")
        }} as sfa_url_cell,
        (coalesce({{ sfa_ids('sfa') }}, {{ sfa_ids(limited_cell('url')) }}))[1] as sfa_artist_id,
        (coalesce({{ sfa_ids('sfa') }}, {{ sfa_ids(limited_cell('url')) }}))[2] as sfa_track_id,

        -- columns whose cell is too long to be read
        nullif(concat_ws(
            ' '
            {%- for column, limit in cell_limits().items() %},
            case when char_length(export_rows.{{ column }}) > {{ limit }} then '{{ column }}' end
            {%- endfor %}
        ), '') as long_columns,

        -- counted before any rule has touched a cell
        num_nonnulls(
            {%- for column in export_columns() %}
            {{ null_if_blank("export_rows." ~ column) }}{{ "," if not loop.last }}
            {%- endfor %}
        ) as filled_cells
    from new_contents
    inner join {{ source('staging_airtable', 'campaigns') }} as export_rows using (file_sha256, run_key, source_row)

)

select
    *,
    -- without text such as `TBA`, which stands where a link belongs
    case when not {{ leads_nowhere('url') }} then url end as link
from cleaned
