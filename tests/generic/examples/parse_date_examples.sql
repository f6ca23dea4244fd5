{#- Fails if a date is parsed wrongly, or a text that is no date is taken for one or stops the build. -#}
{% test parse_date_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('12/7/2025', '2025-12-07'::date),
    ('12/07/2025', '2025-12-07'),
    ('1/31/2025', '2025-01-31'),
    (e'\u00a012/7/2025 \n', '2025-12-07'),
    ('2/29/2024', '2024-02-29'),
    ('2/29/2000', '2000-02-29'),
    ('2/29/2025', null),
    ('2/29/1900', null),
    ('2/30/2025', null),
    ('4/31/2025', null),
    ('12/31/2025', '2025-12-31'),
    ('12/32/2025', null),
    ('13/1/2025', null),
    ('31/12/2025', null),
    ('0/1/2025', null),
    ('1/0/2025', null),
    ('00/00/0000', null),
    ('12/7/25', null),
    ('12/7/0025', null),
    ('12/7/9999', null),
    ('12/7/20255', null),
    ('99999999999/1/2025', null),
    ('-1/1/2025', null),
    ('12/7', null),
    ('12//2025', null),
    ('12-7-2025', null),
    ('2025-12-07', null),
    ('Dec 7, 2025', null),
    ('12/7/2025 4:42pm', null),
    ('12/7/2025, 12/8/2025', null),
    ('１２/7/2025', null),
    ('TBD', null),
    ('infinity', null),
    ('', null),
    (e' \u202f', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_date('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
