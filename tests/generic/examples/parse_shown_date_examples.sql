{#- Fails if a date as Spotify for Artists shows it is parsed wrongly, or a text that is none stops the build. -#}
{% test parse_shown_date_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('May 13, 2025', '2025-05-13'::date),
    ('Jan 7, 2026', '2026-01-07'),
    ('Dec 31, 1999', '1999-12-31'),
    ('Feb 09, 2025', '2025-02-09'),
    ('Feb 29, 2024', '2024-02-29'),
    ('Feb 29, 2025', null),
    ('Feb 30, 2025', null),
    ('Apr 31, 2025', null),
    ('May 0, 2025', null),
    ('May 00, 2025', null),
    ('May 32, 2025', null),
    ('May 99, 2025', null),
    ('May 13, 0000', null),
    ('May 13, 20255', null),
    ('May 13 2025', null),
    ('may 13, 2025', null),
    ('Mai 13, 2025', null),
    ('13 May 2025', null),
    ('2025-05-13', null),
    ('Not available', null),
    ('—', null),
    ('', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_shown_date('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
