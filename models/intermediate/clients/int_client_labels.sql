with

pieces as (

    select * from {{ ref('int_client_pieces') }}

),

aliases as (

    select
        {{ text_key('alias') }} as label_key,
        {{ collapse_whitespace('name') }} as name,
        {{ text_key('name') }} as name_key
    from {{ ref('client_aliases') }}

),

nobody as (

    select {{ text_key('label') }} as label_key from {{ ref('nobody_labels') }}
    where not can_be_name

),

-- An alias stands for the name that a person gave it in the seed, even where the label usually says nothing.
named as (

    select
        pieces.client_cell,
        pieces.position,
        pieces.label,
        coalesce(aliases.name, pieces.label) as client_name,
        pieces.label_key,
        coalesce(aliases.name_key, pieces.label_key) as client_key
    from pieces
    left join aliases using (label_key)
    where aliases.label_key is not null or pieces.label_key not in (select label_key from nobody)

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
