{#- Fails if a wall clock time is parsed wrongly, gets a time zone, or a text that is none is taken for one. -#}
{% test parse_timestamp_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('10/16/2025 4:42pm', '2025-10-16 16:42:00'::timestamp),
    ('10/16/2025 4:42am', '2025-10-16 04:42:00'),
    ('10/16/2025 12:00am', '2025-10-16 00:00:00'),
    ('10/16/2025 12:30pm', '2025-10-16 12:30:00'),
    ('1/2/2025 11:59pm', '2025-01-02 23:59:00'),
    ('01/02/2025 04:05 PM', '2025-01-02 16:05:00'),
    (e' 10/16/2025\u00a0\u00a04:42\u202fpm\n', '2025-10-16 16:42:00'),
    ('2/29/2024 1:00am', '2024-02-29 01:00:00'),
    -- An hour that the clocks skipped or lived twice is kept as written.
    ('3/9/2025 2:30am', '2025-03-09 02:30:00'),
    ('2/30/2025 4:42pm', null),
    ('13/1/2025 4:42pm', null),
    ('//////// 4:42pm', null),
    ('12345678 4:42pm', null),
    ('10/16/2025 13:00pm', null),
    ('10/16/2025 0:30am', null),
    ('10/16/2025 4:60pm', null),
    ('10/16/2025 4:42', null),
    ('10/16/2025 16:42', null),
    ('10/16/2025 4pm', null),
    ('10/16/2025', null),
    ('4:42pm', null),
    ('10/16/2025 4:42pm EST', null),
    ('2025-10-16T16:42:00', null),
    ('TBD', null),
    ('', null),
    (e' \u00a0', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_timestamp('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
