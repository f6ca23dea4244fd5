with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

first_clients as (

    select * from {{ ref('int_client_labels') }}
    where position = 1

),

clients as (

    select * from {{ ref('clients') }}

),

orders as (

    select
        {{ campaign_group_id('first_clients.client_id', 'campaigns.start_date') }} as campaign_group_id,
        first_clients.client_id,
        campaigns.start_date,
        count(distinct coalesce(campaigns.track_id, campaigns.name_key)) as song_count,
        count(*) as campaign_count,
        coalesce(sum(campaigns.goal), 0)::bigint as goal,
        -- Absurd prices, each within the limit of a price, can add up to more than the column holds.
        case
            when sum(campaigns.sale_price) is null then 0
            when abs(sum(campaigns.sale_price)) < 1e10 then sum(campaigns.sale_price)
        end::numeric(12, 2) as sale_price
    from campaigns
    inner join first_clients using (client_cell)
    where campaigns.start_date is not null
    group by first_clients.client_id, campaigns.start_date

),

named as (

    select
        orders.campaign_group_id,
        orders.client_id,
        clients.name || ', ' || to_char(orders.start_date, 'YYYY-MM-DD') as name,
        orders.start_date,
        orders.song_count,
        orders.campaign_count,
        orders.goal,
        orders.sale_price
    from orders
    inner join clients using (client_id)

    {% if is_incremental() -%}
    /*known*/
    -- An order that lost all its campaigns stays, empty: other tables may reference it.
    union all
    select
        emptied.campaign_group_id,
        emptied.client_id,
        emptied.name,
        emptied.start_date,
        0,
        0,
        0,
        0.00
    from {{ this }} as emptied
    where
        not exists (
            select 1 from orders
            where orders.campaign_group_id = emptied.campaign_group_id
        )
    /*known*/
    {%- endif %}

)

select
    *,
    now() as created_at,
    now() as updated_at
from named
