{#- By name: what the file decides for an empty box, and the box as typed. -#}
{%- set boxes = {
    "is_vendor_paid": "paid_vendor", "is_sfa_received": "sfa", "is_notify_vendor": "notify_vendor",
    "is_ask_for_sfa": "ask_for_sfa", "is_update_client": "update_client",
} -%}

with

export_rows as (

    select * from {{ ref('stg_airtable__rows') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

contents as (

    select * from {{ ref('stg_airtable__contents') }}

)

select
    -- ids
    export_rows.file_sha256,
    export_rows.content_id,
    files.export_rank,
    files.coverage = 'view' as is_in_view,
    files.columns as file_columns,
    export_rows.source_row,

    -- text
    {% for column in [
        "name", "client_cell", "salesperson", "url", "link", "vendor", "playlists", "client_email_cell", "vendor_email_cell",
        "notes", "sp_vendor_updates", "spotify_campaign", "status_cell", "invoice_cell", "curator_status_cell", "extra",
        "goal", "remaining", "daily", "weekly", "sale_price", "sfa_artist_id",
        "sfa_track_id", "sfa_url_cell", "long_columns",
    ] -%}
    contents.{{ column }},
    {% endfor %}
    -- booleans
    {% for name, column in boxes.items() -%}
    coalesce(
        contents.{{ name }},
        case when contents.{{ name }}_cell is null and files.columns ? '{{ column }}' then false end
    ) as {{ name }},
    {% endfor -%}
    files.has_weak_start_dates,
    files.has_weak_change_times,

    -- dates and times
    {{ chosen_reading('start_date', 'files.start_date_order', 'files.start_date_dot_order') }} as start_date,
    {{ chosen_reading('last_modified', 'files.last_modified_order', 'files.last_modified_dot_order') }}
        as last_modified_at,

    contents.start_date_month_first is not null as has_start_date,
    contents.last_modified_month_first is not null as has_last_modified,

    -- cells as typed, for values that cannot be parsed
    contents.name_cell,
    contents.vendor_cell,
    {% for column in [
        "goal", "remaining", "daily", "weekly", "sale_price", "is_vendor_paid", "is_sfa_received", "is_notify_vendor",
        "is_ask_for_sfa", "is_update_client", "start_date",
    ] -%}
    contents.{{ column }}_cell,
    {% endfor -%}
    contents.last_modified_at_cell
from export_rows
inner join files using (file_sha256)
inner join contents using (content_id)
