with

decisions as (

    select * from {{ ref('known_issues') }}

),

lives as (

    select * from {{ ref('int_issue_lives') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

-- An empty cell of a line stands for any.
keys as (

    select
        {%- for column in ["column_name", "campaign", "client", "place", "raw_value"] %}
        {{ text_key(strip_formula_quote(column)) }} as {{ column }}_key,
        {%- endfor %}
        {{ text_key('reason') }} as reason_key,
        row_number() over (order by reason, column_name, campaign, client, place, raw_value, note) as line
    from decisions

)

select distinct
    lives.issue_id,
    keys.line
from lives
left join campaigns using (campaign_id)
inner join keys
    on
        lives.reason = keys.reason_key
        and coalesce({{ text_key('lives.column_name') }} = keys.column_name_key, keys.column_name_key is null)
        and coalesce(campaigns.name_key = keys.campaign_key, keys.campaign_key is null)
        and coalesce(campaigns.label_key = keys.client_key, keys.client_key is null)
        and (
            keys.place_key is null
            or keys.place_key in ({{ text_key('lives.place') }}, {{ text_key('lives.source_file') }})
        )
        and coalesce({{ text_key('lives.raw_value') }} = keys.raw_value_key, keys.raw_value_key is null)
