{#- Fails if a whole number is parsed wrongly or guessed. -#}
{% test parse_whole_number_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('10000', 10000::bigint),
    ('10,000', 10000),
    ('1,234,567', 1234567),
    ('0', 0),
    ('007', 7),
    ('-200', -200),
    ('-1,200', -1200),
    (e'\u00a010000\u202f', 10000),
    ('999999999999999', 999999999999999),
    ('9999999999999999', null),
    ('99999999999999999999', null),
    (repeat('9', 400), null),
    ('10.5', null),
    ('10000.00', null),
    ('1,00', null),
    ('10,0000', null),
    (',100', null),
    ('10 000', null),
    ('--200', null),
    ('200-', null),
    ('-', null),
    ('1e5', null),
    ('10k', null),
    ('0x1F', null),
    ('１００', null),
    ('٣', null),
    ('—', null),
    ('NaN', null),
    ('', null),
    (e' \u3000\n', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_whole_number('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
