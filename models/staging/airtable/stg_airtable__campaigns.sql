with

export_rows as (

    select * from {{ source('staging_airtable', 'campaigns') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

cleaned as (

    select
        -- ids
        export_rows.file_sha256::text as file_sha256,
        files.export_rank,
        files.coverage = 'view' as is_in_view,
        files.columns as file_columns,
        export_rows.source_row,

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

        -- booleans
        {{ parse_checkbox('paid_vendor', "files.columns ? 'paid_vendor'") }} as is_vendor_paid,
        case
            when {{ sfa_ids('sfa') }} is not null then true
            else {{ parse_checkbox('sfa', "files.columns ? 'sfa'") }}
        end as is_sfa_received,
        {{ parse_checkbox('notify_vendor', "files.columns ? 'notify_vendor'") }} as is_notify_vendor,
        {{ parse_checkbox('ask_for_sfa', "files.columns ? 'ask_for_sfa'") }} as is_ask_for_sfa,
        {{ parse_checkbox('update_client', "files.columns ? 'update_client'") }} as is_update_client,
        files.has_weak_start_dates,
        files.has_weak_change_times,

        -- dates and times
        {{ parse_date('start_date', 'files.start_date_order', 'files.start_date_dot_order') }} as start_date,
        {{ parse_timestamp('last_modified', 'files.last_modified_order', 'files.last_modified_dot_order') }}
            as last_modified_at,

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
        {{ collapse_whitespace('last_modified') }} as last_modified_at_cell

    from export_rows
    inner join files using (file_sha256, run_key)

)

select * from cleaned
