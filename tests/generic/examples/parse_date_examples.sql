{#- Fails if a date is parsed wrongly, or a text that is no date is taken for one or stops the build. -#}
{% test parse_date_examples(model, column_name) %}
with

examples (cell, date_order, expected) as (

    values
    ('12/7/2025', 'month_day', '2025-12-07'::date),
    ('12/7/2025', 'day_month', '2025-07-12'),
    ('12/7/2025', null, null),
    ('12/07/2025', 'month_day', '2025-12-07'),
    ('1/31/2025', 'month_day', '2025-01-31'),
    (e'\u00a012/7/2025 \n', 'month_day', '2025-12-07'),
    ('2/29/2024', 'month_day', '2024-02-29'),
    ('2/29/2000', 'month_day', '2000-02-29'),
    ('2/29/2025', 'month_day', null),
    ('2/30/2025', 'month_day', null),
    ('4/31/2025', 'month_day', null),
    ('12/32/2025', 'month_day', null),
    ('31/12/2025', 'month_day', '2025-12-31'),
    ('12/31/2025', 'day_month', '2025-12-31'),
    ('13/1/2025', null, '2025-01-13'),
    ('5/5/2025', null, '2025-05-05'),
    ('13/45/2025', 'month_day', null),
    ('0/1/2025', 'month_day', null),
    ('1/0/2025', 'month_day', null),
    ('00/00/0000', 'month_day', null),
    ('12/7/25', 'month_day', '2025-12-07'),
    ('12/7/99', 'month_day', null),
    ('12/7/0025', 'month_day', null),
    ('12/7/1925', 'month_day', null),
    ('12/7/2205', 'month_day', null),
    ('12/7/9999', 'month_day', null),
    ('12/7/20255', 'month_day', null),
    ('99999999999/1/2025', 'month_day', null),
    ('-1/1/2025', 'month_day', null),
    ('12/7', 'month_day', null),
    ('12//2025', 'month_day', null),
    ('12-7-2025', 'month_day', '2025-12-07'),
    ('12-7-2025', 'day_month', '2025-07-12'),
    ('12/7-2025', 'month_day', null),
    ('7.12.2025', 'month_day', '2025-12-07'),
    ('25.12.25', 'month_day', '2025-12-25'),
    ('12.25.2025', 'month_day', '2025-12-25'),
    ('7. 12. 2025', 'month_day', '2025-12-07'),
    ('2025-12-07', 'month_day', '2025-12-07'),
    ('2025-12-07', null, '2025-12-07'),
    ('2025/12/7', 'day_month', '2025-12-07'),
    ('20251207', 'month_day', '2025-12-07'),
    ('2025-13-07', 'month_day', null),
    ('2025-12-07T00:00:00.000Z', 'month_day', '2025-12-07'),
    ('Dec 7, 2025', null, '2025-12-07'),
    ('December 7 2025', 'month_day', '2025-12-07'),
    ('DEC. 7th, 2025', 'month_day', '2025-12-07'),
    ('7 Dec 2025', 'month_day', '2025-12-07'),
    ('7-Dec-25', 'month_day', '2025-12-07'),
    ('7th of December 2025', 'month_day', '2025-12-07'),
    ('Sunday, December 7, 2025', 'month_day', '2025-12-07'),
    ('Sun 7 Dec 2025', 'month_day', '2025-12-07'),
    ('Dec 32, 2025', 'month_day', null),
    ('Dec 2025', 'month_day', null),
    ('7 Month 2025', 'month_day', null),
    ('12/7/2025 4:42pm', 'month_day', '2025-12-07'),
    ('12/7/2025 25:00', 'month_day', null),
    ('12/7/2025, 12/8/2025', 'month_day', null),
    ('12/7/2025?', 'month_day', null),
    ('１２/7/2025', 'month_day', null),
    ('45998', 'day_numbers', '2025-12-07'),
    ('45998.75', 'day_numbers', '2025-12-07'),
    ('45998', 'month_day', null),
    ('12345', 'day_numbers', null),
    ('99999', 'day_numbers', null),
    ('12/7/2025', 'day_numbers', null),
    ('TBD', 'month_day', null),
    ('infinity', 'month_day', null),
    ('', 'month_day', null),
    (e' \u202f', 'month_day', null),
    (null, 'month_day', null)

),

read as (

    select
        cell,
        date_order,
        expected,
        {{ parse_date('cell', 'date_order', "'day_month'") }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
