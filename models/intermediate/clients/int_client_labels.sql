with

cells as (

    select distinct client_cell from {{ ref('stg_airtable__contents') }}
    where client_cell is not null

),

aliases as (

    select * from {{ ref('client_aliases') }}

),

nobody as (

    select {{ text_key('label') }} as label_key from {{ ref('nobody_labels') }}
    where not can_be_name

),

labels as (

    select
        cells.client_cell,
        split.position,
        {{ short_name(collapse_whitespace('split.label')) }} as label
    from cells
    cross join {{ split_labels('cells.client_cell') }} as split

),

-- An alias stands for the name that a person gave it in the seed, even where the label usually says nothing.
named as (

    select
        labels.client_cell,
        labels.position,
        labels.label,
        coalesce({{ collapse_whitespace('aliases.name') }}, labels.label) as client_name,
        {{ text_key('labels.label') }} as label_key,
        {{ text_key('coalesce(aliases.name, labels.label)') }} as client_key
    from labels
    left join aliases on {{ text_key('labels.label') }} = {{ text_key('aliases.alias') }}
    where
        labels.label is not null
        and (aliases.alias is not null or {{ text_key('labels.label') }} not in (select label_key from nobody))

),

-- A client that one cell names twice has its first position.
first_places as (

    select distinct on (client_cell, client_key) * from named
    order by client_cell, client_key, position

),

{{ stable_ids('client', named='named') }}

select
    first_places.client_cell,
    row_number() over (partition by first_places.client_cell order by first_places.position) as position,
    first_places.label,
    first_places.client_name,
    first_places.client_key,
    ids.client_id
from first_places
inner join ids using (client_key)
