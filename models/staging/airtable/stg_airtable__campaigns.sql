with

rows_of_exports as (

    select * from {{ source('staging_airtable', 'campaigns') }}

),

files as (

    select * from {{ ref('stg_airtable__files') }}

),

cleaned as (

    select
        -- ids
        rows_of_exports.file_sha256::text as file_sha256,
        files.export_number,
        files.coverage = 'view' as is_in_view,
        rows_of_exports.source_row,

        -- text
        {{ clean_text('campaign') }} as name,
        {{ kept_text('client') }} as client_cell,
        {{ clean_text('salesperson') }} as salesperson,
        {{ clean_text('url') }} as url,
        {{ clean_text('vendor') }} as vendor,
        {{ kept_text('playlists') }} as playlists,
        {{ kept_text('client_email') }} as client_email_cell,
        {{ kept_text('vendor_email') }} as vendor_email_cell,
        {{ kept_text('notes') }} as notes,
        {{ kept_text('sp_vendor_updates') }} as sp_vendor_updates,
        {{ kept_text('spotify_campaign') }} as spotify_campaign,
        {{ clean_text('status') }} as status_cell,
        {{ clean_text('invoice') }} as invoice_cell,
        {{ clean_text('curator_status') }} as curator_status_cell,
        rows_of_exports.extra::jsonb as extra,

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

        -- dates and times
        {{ parse_date('start_date') }} as start_date,
        {{ parse_timestamp('last_modified') }} as last_modified_at,

        -- cells as typed, for what could not be read
        {{ clean_text('goal') }} as goal_cell,
        {{ clean_text('remaining') }} as remaining_cell,
        {{ clean_text('daily') }} as daily_cell,
        {{ clean_text('weekly') }} as weekly_cell,
        {{ clean_text('sale_price') }} as sale_price_cell,
        {{ clean_text('paid_vendor') }} as is_vendor_paid_cell,
        {{ clean_text('sfa') }} as is_sfa_received_cell,
        {{ clean_text('notify_vendor') }} as is_notify_vendor_cell,
        {{ clean_text('ask_for_sfa') }} as is_ask_for_sfa_cell,
        {{ clean_text('update_client') }} as is_update_client_cell,
        {{ clean_text('start_date') }} as start_date_cell,
        {{ clean_text('last_modified') }} as last_modified_at_cell

    from rows_of_exports
    inner join files using (file_sha256, run_key)

)

select * from cleaned
