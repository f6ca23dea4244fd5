{#- By column in staging: the seed that maps its labels, and the seed's column with the state. -#}
{%- set seeds = {
    "status_cell": ("campaign_statuses", "status"),
    "invoice_cell": ("invoice_states", "invoice"),
    "curator_status_cell": ("curator_states", "curator_status"),
} -%}

with

cells as (

    select distinct
        cells.column_name,
        cells.cell
    from {{ ref('stg_airtable__contents') }} as campaigns
    cross join
        lateral (
            values
            {%- for column in seeds %}
            ('{{ column }}', campaigns.{{ column }}){{ "," if not loop.last }}
            {%- endfor %}
        ) as cells (column_name, cell)
    where cells.cell is not null

),

labels as (
    {% for column, (seed, state) in seeds.items() %}
    select
        '{{ column }}' as column_name,
        {{ text_key('label') }} as label_key,
        {{ state }} as state
    from {{ ref(seed) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

-- A label that the seed knows has its canonical name; another status is `unknown`, another state keeps its own name.
select
    cells.column_name,
    cells.cell,
    coalesce(
        labels.state,
        case when cells.column_name = 'status_cell' then 'unknown' else {{ snake_case('cells.cell') }} end
    ) as state
from cells
left join labels on cells.column_name = labels.column_name and {{ text_key('cells.cell') }} = labels.label_key
