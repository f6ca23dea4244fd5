with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

statuses as (

    select
        {{ text_key('label') }} as label_key,
        status
    from {{ ref('campaign_statuses') }}

),

invoice_states as (

    select
        {{ text_key('label') }} as label_key,
        invoice
    from {{ ref('invoice_states') }}

),

curator_states as (

    select
        {{ text_key('label') }} as label_key,
        curator_status
    from {{ ref('curator_states') }}

)

-- What a seed knows has its canonical name; another status is `unknown`, another state keeps its own name.
select
    campaigns.campaign_id,
    case when campaigns.status_cell is not null then coalesce(statuses.status, 'unknown') end as status,
    coalesce(invoice_states.invoice, {{ snake_case('campaigns.invoice_cell') }}) as invoice,
    coalesce(curator_states.curator_status, {{ snake_case('campaigns.curator_status_cell') }}) as curator_status
from campaigns
left join statuses on {{ text_key('campaigns.status_cell') }} = statuses.label_key
left join invoice_states on {{ text_key('campaigns.invoice_cell') }} = invoice_states.label_key
left join curator_states on {{ text_key('campaigns.curator_status_cell') }} = curator_states.label_key
