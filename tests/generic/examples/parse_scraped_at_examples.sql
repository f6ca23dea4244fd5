{#-
    Fails if the time of a scrape is parsed wrongly or moved to another time zone, or a text that is none stops the
    build.
-#}
{% test parse_scraped_at_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('2025-10-23T17:53:19.717026', '2025-10-23 17:53:19.717026'::timestamp),
    ('2025-10-23T17:53:19', '2025-10-23 17:53:19'),
    ('2025-10-23T17:53', '2025-10-23 17:53:00'),
    ('2025-10-23T00:00:00.1', '2025-10-23 00:00:00.1'),
    -- The clock of the scraper is kept as written.
    ('2025-10-23T17:53:19Z', '2025-10-23 17:53:19'),
    ('2025-10-23T17:53:19.717026+02:00', '2025-10-23 17:53:19.717026'),
    ('2024-02-29T01:00:00', '2024-02-29 01:00:00'),
    ('2025-02-29T01:00:00', null),
    ('2025-02-30T01:00:00', null),
    ('2025-10-00T01:00:00', null),
    ('2025-00-10T01:00:00', null),
    ('2025-13-01T01:00:00', null),
    ('2025-10-32T01:00:00', null),
    ('2025-10-23T24:00:00', null),
    ('2025-10-23T17:60:00', null),
    ('2025-10-23T17:53:60', null),
    ('2025-10-23T17:53:19:99', null),
    ('2025-10-23T17:53.19.71', null),
    ('2025-10-23T17:53:', null),
    ('2025-10-23T17:53:19.', null),
    ('2025-10-23T17:53:19 or so', null),
    ('2025-10-23T17', null),
    ('2025-10-23', null),
    ('10/23/2025 5:53pm', null),
    ('1761241999', null),
    ('infinity', null),
    ('', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_scraped_at('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
