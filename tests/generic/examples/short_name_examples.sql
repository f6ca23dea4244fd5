{#- Fails if a name that every index holds is changed, or a longer one not cut to its beginning and a fingerprint. -#}
{% test short_name_examples(model, column_name) %}
with

examples (name, expected) as (

    values
    ('Luna Vale', 'Luna Vale'),
    (repeat('é', 500), repeat('é', 500)),
    (repeat('x', 501), repeat('x', 300) || '… b6d7681a'),
    (repeat('x', 501) || 'a', repeat('x', 300) || '… c0276711'),
    -- NFKC makes 18 characters of one.
    (repeat(e'\ufdfa', 27), repeat(e'\ufdfa', 27)),
    (repeat(e'\ufdfa', 28), left(repeat(normalize(e'\ufdfa', nfkc), 28), 300) || '… 7de6f067'),
    (null, null)

),

read as (

    select
        name,
        expected,
        {{ short_name('name') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
