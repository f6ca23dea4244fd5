-- Fails if a campaign as of the newest export is not what the ledger takes from the exports.
with

newest as (

    select * from {{ ref('campaign_versions') }}
    where export_number = (select max(export_number) from {{ ref('campaign_versions') }})

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

)

select
    campaigns.campaign_id,
    cells.column_name,
    cells.in_history,
    cells.in_ledger
from campaigns
left join newest using (campaign_id)
cross join
    lateral (
        values
        {%- for column, cell, type in campaign_columns() %}
        ('{{ column }}', newest.{{ column }}::text, campaigns.{{ cell }}::text){{ "," if not loop.last }}
        {%- endfor %}
    ) as cells (column_name, in_history, in_ledger)
where cells.in_history is distinct from cells.in_ledger
