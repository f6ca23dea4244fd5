with

pairs as (

    select * from {{ ref('stg_names__pairs') }}

),

names as (

    select * from {{ ref('int_known_names') }}

),

rejected as (

    select * from {{ ref('rejected_matches') }}

),

-- By key, so that a rejected pair stays rejected when one name becomes an alias of another.
named as (

    select
        kind,
        key_a,
        key_b,
        score,
        false as is_rejected
    from pairs

    union all

    select
        kind,
        {{ text_key('name_a') }},
        {{ text_key('name_b') }},
        null,
        true
    from rejected

)

select
    named.kind,
    least(one.known_id, two.known_id) as id_a,
    greatest(one.known_id, two.known_id) as id_b,
    max(named.score) as name_score,
    bool_or(named.is_rejected) as is_rejected
from named
inner join names as one on named.kind = one.kind and named.key_a = one.name_key
inner join names as two on named.kind = two.kind and named.key_b = two.name_key
where one.known_id <> two.known_id
group by named.kind, least(one.known_id, two.known_id), greatest(one.known_id, two.known_id)
