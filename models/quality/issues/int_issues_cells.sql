with

-- The matching has decided how each export writes its dates: {{ ref('campaign_sightings') }}
campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}

),

statuses as (

    select {{ text_key('label') }} as label_key from {{ ref('campaign_statuses') }}

),

invoice_states as (

    select {{ text_key('label') }} as label_key from {{ ref('invoice_states') }}

),

curator_states as (

    select {{ text_key('label') }} as label_key from {{ ref('curator_states') }}

),

unread_columns as (

    select * from {{ ref('int_unread_columns') }}

)

-- Each filled cell of which its parse rule gave nothing, with the reason that stands for the rule. A column of which
-- nothing was read is told once, by `int_issues_columns`.
select
    campaigns.file_sha256,
    campaigns.source_row,
    null::bigint as campaign_id,
    'row ' || campaigns.source_row as place,
    cells.column_name,
    cells.raw_value,
    cells.reason
from campaigns
left join statuses on {{ text_key('campaigns.status_cell') }} = statuses.label_key
left join invoice_states on {{ text_key('campaigns.invoice_cell') }} = invoice_states.label_key
left join curator_states on {{ text_key('campaigns.curator_status_cell') }} = curator_states.label_key
cross join
    lateral (
        values
        {%- for column in ["goal", "remaining", "daily", "weekly"] %}
        ('{{ column }}', {{ column }}_cell, {{ column }} is null, 'not_a_whole_number'),
        {%- endfor %}
        {%- for column in ["is_vendor_paid", "is_notify_vendor", "is_ask_for_sfa", "is_update_client"] %}
        ('{{ column }}', {{ column }}_cell, {{ column }} is null, 'not_a_check_mark'),
        {%- endfor %}
        ('is_sfa_received', is_sfa_received_cell, is_sfa_received is null, 'not_an_sfa_url'),
        (
            'sale_price', sale_price_cell, sale_price is null,
            case
                when sale_price is null and {{ is_other_currency('sale_price_cell') }} then 'other_currency'
                else 'not_an_amount'
            end
        ),
        ('start_date', start_date_cell, start_date is null, case
            when {{ parse_date('start_date_cell', "'month_day'", "'month_day'") }} is null then 'not_a_date'
            else 'ambiguous_date'
        end),
        ('last_modified_at', last_modified_at_cell, last_modified_at is null, case
            when {{ parse_timestamp('last_modified_at_cell', "'month_day'", "'month_day'") }} is null then 'not_a_time'
            else 'ambiguous_date'
        end),
        ('status', status_cell, statuses.label_key is null, 'unknown_status'),
        ('invoice', invoice_cell, invoice_states.label_key is null, 'unknown_invoice_state'),
        ('curator_status', curator_status_cell, curator_states.label_key is null, 'unknown_curator_state'),
        ('is_sfa_received', is_sfa_received_cell, {{ has_second_link('is_sfa_received_cell') }}, 'second_link'),
        ('url', url, true, {{ link_doubt('url') }})
    ) as cells (column_name, raw_value, is_unparsed, reason)
left join unread_columns
    on campaigns.file_sha256 = unread_columns.file_sha256 and cells.column_name = unread_columns.column_name
where
    cells.raw_value is not null and cells.is_unparsed and cells.reason is not null
    and unread_columns.column_name is null
