{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['content_id']}],
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

statuses as (

    select {{ text_key('label') }} as label_key from {{ ref('campaign_statuses') }}

),

invoice_states as (

    select {{ text_key('label') }} as label_key from {{ ref('invoice_states') }}

),

curator_states as (

    select {{ text_key('label') }} as label_key from {{ ref('curator_states') }}

)

-- Each filled cell of which its parse rule gave nothing, with the reason that stands for the rule. Dates and times are
-- in `int_issues_cells`: their file has a say.
select
    contents.content_id,
    cells.column_name,
    cells.raw_value,
    cells.reason
from contents
left join statuses on {{ text_key('contents.status_cell') }} = statuses.label_key
left join invoice_states on {{ text_key('contents.invoice_cell') }} = invoice_states.label_key
left join curator_states on {{ text_key('contents.curator_status_cell') }} = curator_states.label_key
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
        ('status', status_cell, statuses.label_key is null, 'unknown_status'),
        ('invoice', invoice_cell, invoice_states.label_key is null, 'unknown_invoice_state'),
        ('curator_status', curator_status_cell, curator_states.label_key is null, 'unknown_curator_state'),
        ('is_sfa_received', is_sfa_received_cell, {{ has_second_link('is_sfa_received_cell') }}, 'second_link'),
        ('url', url, true, {{ link_doubt('url') }})
    ) as cells (column_name, raw_value, is_unparsed, reason)
where cells.raw_value is not null and cells.is_unparsed and cells.reason is not null
