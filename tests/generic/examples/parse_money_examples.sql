{#- Fails if an amount in US dollars is parsed wrongly, rounded or guessed. -#}
{% test parse_money_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('$1500.00', 1500.00::numeric),
    ('$0.00', 0.00),
    ('$1,500.00', 1500.00),
    ('1500', 1500.00),
    ('$ 1,234,567.8', 1234567.80),
    ('$999,999,999.99', 999999999.99),
    ('0.1', 0.10),
    (e' \u00a0$1500.00\n', 1500.00),
    ('-$50', -50.00),
    ('$-50.25', -50.25),
    ('-50', -50.00),
    ('-$-50', null),
    ('--50', null),
    ('$$50', null),
    ('$50-', null),
    ('($50.00)', null),
    ('$1.500,00', null),
    ('$1,50', null),
    ('$12,3456', null),
    ('$1500.001', null),
    ('$1 500', null),
    ('$1500.', null),
    ('$.', null),
    ('$', null),
    ('-', null),
    ('1e5', null),
    ('NaN', null),
    ('Infinity', null),
    ('€1500', null),
    ('$1500 USD', null),
    ('$1500 / $2000', null),
    ('１５００', null),
    ('$99999999999.00', null),
    (repeat('9', 400), null),
    ('TBD', null),
    ('', null),
    (e' \u202f', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_money('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
