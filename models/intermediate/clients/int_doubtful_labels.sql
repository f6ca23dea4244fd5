with

pieces as (

    select * from {{ ref('int_client_pieces') }}

),

client_labels as (

    select
        client_cell,
        {{ text_key('label') }} as label_key
    from {{ ref('int_client_labels') }}

),

aliases as (

    select
        {{ text_key('alias') }} as label_key,
        {{ text_key('name') }} as name_key
    from {{ ref('client_aliases') }}

),

nobody as (

    select
        {{ text_key('label') }} as label_key,
        can_be_name
    from {{ ref('nobody_labels') }}

),

suffixes as (

    select {{ text_key('suffix') }} as label_key from {{ ref('name_suffixes') }}

),

-- Two labels of one cell, one behind the other, and the name that they would be together.
neighbours as (

    select
        client_cell,
        label || ', ' || lead(label) over beside as label,
        {{ text_key("label || ', ' || lead(label) over beside") }} as label_key,
        lead(label_key) over beside as second_key
    from pieces
    window beside as (partition by client_cell order by position)

),

-- Names that hold a comma, and names that stand alone in a cell.
known as (

    select label_key from client_labels
    where label_key like '%,%'
    union distinct
    select label_key from aliases
    union distinct
    select name_key from aliases

),

alone as (

    select max(label_key) as label_key from client_labels
    group by client_cell
    having count(*) = 1

)

select distinct
    pieces.client_cell,
    pieces.label,
    case when nobody.can_be_name then 'may_be_nobody' else 'no_client_label' end as reason
from pieces
inner join nobody using (label_key)
where
    pieces.label_key not in (select label_key from aliases)
    -- A cell of which nothing is left is told as a whole.
    and pieces.client_cell in (select client_cell from client_labels)

union all

select
    client_cell,
    label,
    'label_may_be_split'
from neighbours
where
    label_key in (select label_key from known)
    or second_key in (select label_key from suffixes)
    or (second_key like 'the %' and second_key not in (select label_key from alone))
