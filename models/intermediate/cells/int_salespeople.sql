with

cells as (

    select distinct salesperson from {{ ref('stg_airtable__contents') }}
    where salesperson is not null

),

aliases as (

    select * from {{ ref('salesperson_aliases') }}

),

nobody as (

    select {{ text_key('label') }} as label_key from {{ ref('nobody_labels') }}

),

people as (

    select
        cells.salesperson,
        split.position,
        {{ collapse_whitespace('split.person') }} as person
    from cells
    cross join {{ split_people('cells.salesperson') }} as split (person, position)

),

named as (

    select
        people.salesperson,
        array_agg(
            coalesce({{ collapse_whitespace('aliases.name') }}, people.person) order by people.position
        ) as salespeople
    from people
    left join aliases on {{ text_key('people.person') }} = {{ text_key('aliases.alias') }}
    where
        people.person is not null
        and (aliases.alias is not null or {{ text_key('people.person') }} not in (select label_key from nobody))
    group by people.salesperson

)

select * from named
