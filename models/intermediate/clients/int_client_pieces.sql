{{ config(
    materialized='read_once', files='stg_airtable__files', by_file=false,
    indexes=[{'columns': ['client_cell']}],
) }}

-- depends_on: {{ ref('stg_airtable__files') }}

with

cells as (

    select distinct client_cell from {{ ref('stg_airtable__contents') }} as contents
    where client_cell is not null {{ unless_known('client_cell', 'contents') }}

),

pieces as (

    select
        cells.client_cell,
        split.position,
        {{ short_name(collapse_whitespace('split.label')) }} as label
    from cells
    cross join {{ split_labels('cells.client_cell') }} as split

)

select
    client_cell,
    position,
    label,
    {{ text_key('label') }} as label_key
from pieces
where label is not null
