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
    ('999999999999', 999999999999),
    ('9999999999999', null),
    ('99999999999999999999', null),
    (repeat('9', 400), null),
    ('10000.0', 10000),
    ('10,000.00', 10000),
    ('10000.', 10000),
    ('10 000', 10000),
    (e'10\u00a0000', 10000),
    (e'10\u2009000', 10000),
    ('10''000', 10000),
    (e'1\u2019234\u2019567', 1234567),
    ('1.234.567', 1234567),
    ('10.000,00', 10000),
    ('10K', 10000),
    ('1.5k', 1500),
    ('2M', 2000000),
    ('10 thousand', 10000),
    ('10,000 streams', 10000),
    ('10k plays.', 10000),
    ('(50)', -50),
    ('+50', 50),
    (e'\u221250', -50),
    (e'\u201350', -50),
    ('''10000', 10000),
    ('１００', 100),
    (e'\ufeff10\u200b000', 10000),
    ('10.5', null),
    ('1.500', null),
    ('10.000', null),
    ('1234,567', null),
    ('1000,000', null),
    ('0,500', null),
    ('10,5', null),
    ('1,5k', null),
    ('1.2345k', null),
    ('12 34', null),
    ('1 234,567', null),
    ('~10000', null),
    ('10k+', null),
    ('10-20k', null),
    ('10/20', null),
    ('(-50)', null),
    ('(50', null),
    ('10%', null),
    ('10²', null),
    ('$10000', null),
    ('10,000 a day', null),
    ('1000000M', null),
    ('1,00', null),
    ('10,0000', null),
    (',100', null),
    ('--200', null),
    ('200-', null),
    ('-', null),
    ('1e5', null),
    ('0x1F', null),
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
