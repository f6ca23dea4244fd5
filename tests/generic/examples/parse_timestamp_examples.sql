{#- Fails if a wall clock time is parsed wrongly, gets a time zone, or a text that is none is taken for one. -#}
{% test parse_timestamp_examples(model, column_name) %}
with

examples (cell, date_order, expected) as (

    values
    ('10/16/2025 4:42pm', 'month_day', '2025-10-16 16:42:00'::timestamp),
    ('10/16/2025 4:42am', 'month_day', '2025-10-16 04:42:00'),
    ('10/16/2025 12:00am', 'month_day', '2025-10-16 00:00:00'),
    ('10/16/2025 12:30pm', 'month_day', '2025-10-16 12:30:00'),
    ('1/2/2025 11:59pm', 'month_day', '2025-01-02 23:59:00'),
    ('1/2/2025 11:59pm', 'day_month', '2025-02-01 23:59:00'),
    ('1/2/2025 11:59pm', null, null),
    ('01/02/2025 04:05 PM', 'month_day', '2025-01-02 16:05:00'),
    (e' 10/16/2025\u00a0\u00a04:42\u202fpm\n', 'month_day', '2025-10-16 16:42:00'),
    ('2/29/2024 1:00am', 'month_day', '2024-02-29 01:00:00'),
    ('3/9/2025 2:30am', 'month_day', '2025-03-09 02:30:00'),
    ('2/30/2025 4:42pm', 'month_day', null),
    ('13/1/2025 4:42pm', 'month_day', '2025-01-13 16:42:00'),
    ('//////// 4:42pm', 'month_day', null),
    ('12345678 4:42pm', 'month_day', null),
    ('10/16/2025 13:00pm', 'month_day', null),
    ('10/16/2025 0:30am', 'month_day', null),
    ('10/16/2025 4:60pm', 'month_day', null),
    ('10/16/2025 24:00', 'month_day', null),
    ('10/16/2025 4:42', 'month_day', '2025-10-16 04:42:00'),
    ('10/16/2025 16:42', 'month_day', '2025-10-16 16:42:00'),
    ('10/16/2025 16:42:09', 'month_day', '2025-10-16 16:42:09'),
    ('10/16/2025 4pm', 'month_day', '2025-10-16 16:00:00'),
    ('10/16/2025', 'month_day', '2025-10-16 00:00:00'),
    ('4:42pm', 'month_day', null),
    ('10/16/2025 4:42pm EST', 'month_day', '2025-10-16 16:42:00'),
    ('10/16/2025, 4:42:10 PM', 'month_day', '2025-10-16 16:42:10'),
    ('10/16/2025 at 4:42 p.m.', 'month_day', '2025-10-16 16:42:00'),
    ('2025-10-16T16:42:00', 'month_day', '2025-10-16 16:42:00'),
    ('2025-10-16T16:42:00.789Z', 'month_day', '2025-10-16 16:42:00'),
    ('2025-10-16 16:42+02:00', 'month_day', '2025-10-16 16:42:00'),
    ('Thu Oct 16 2025 16:42:00 GMT-0400 (Eastern Daylight Time)', 'month_day', '2025-10-16 16:42:00'),
    ('October 16, 2025 4:42pm', 'month_day', '2025-10-16 16:42:00'),
    ('10/16/2025 4:42pm later', 'month_day', null),
    ('45946.6958333333', 'day_numbers', '2025-10-16 16:42:00'),
    ('45946.9999999', 'day_numbers', '2025-10-16 23:59:59'),
    ('45946.6958333333', 'month_day', null),
    ('TBD', 'month_day', null),
    ('', 'month_day', null),
    (e' \u00a0', 'month_day', null),
    (null, 'month_day', null)

),

read as (

    select
        cell,
        date_order,
        expected,
        {{ parse_timestamp('cell', 'date_order', "'day_month'") }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
