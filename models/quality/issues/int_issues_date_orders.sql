with

date_orders as (

    select * from {{ ref('date_orders') }}

),

-- Reads what the matching has written there: {{ ref('campaign_sightings') }}
doubtful as (

    select
        *,
        case reason
            when 'mixed' then 'date_order_mixed'
            when 'against_known' then 'date_order_against_known'
            when 'day_numbers' then 'dates_as_day_numbers'
        end as issue_reason
    from date_orders

)

select
    file_sha256,
    null::bigint as source_row,
    null::bigint as campaign_id,
    'file' as place,
    case column_name when 'last_modified' then 'last_modified_at' else column_name end as column_name,
    concat_ws(
        '; ',
        'cells that fit month/day alone: ' || month_day_cells,
        'day/month alone: ' || day_month_cells,
        'both: ' || either_cells,
        'known dates as month/day: ' || known_month_day,
        'as day/month: ' || known_day_month,
        'numbers of days: ' || nullif(day_numbers, 0)
    ) as raw_value,
    issue_reason as reason
from doubtful
where issue_reason is not null
