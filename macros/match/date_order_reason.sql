{#- Why a column's order is what it is; see the column `reason` of `date_orders`. -#}
{% macro date_order_reason() -%}
    case
        when cells > 0 and day_numbers = cells then 'day_numbers'
        when
            typed_order is not null
            -- A person speaks about a file: a column of it that says the contrary keeps its own order.
            and not (typed_order = 'month_day' and day_month_cells > 0 and month_day_cells = 0 and known_month_day = 0)
            and not (typed_order = 'day_month' and month_day_cells > 0 and day_month_cells = 0 and known_day_month = 0)
            then 'person'
        when month_day_cells > 0 and day_month_cells > 0 then 'mixed'
        when month_day_cells > 0 and known_day_month >= greatest(known_month_day, 1) then 'against_known'
        when day_month_cells > 0 and known_month_day >= greatest(known_day_month, 1) then 'against_known'
        when month_day_cells + day_month_cells > 0 then 'cells'
        when known_month_day + known_day_month > 0 and known_month_day = known_day_month then 'mixed'
        when known_month_day + known_day_month > 0 then 'known_dates'
        when either_cells > 0 then 'assumed'
        else 'one_way'
    end
{%- endmacro %}
