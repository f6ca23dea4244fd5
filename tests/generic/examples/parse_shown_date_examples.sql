{#- Fails if a date as a page shows it is parsed wrongly or guessed, or a text that is none stops the build. -#}
{% test parse_shown_date_examples(model, column_name) %}
with

examples (cell, expected, is_unread) as (

    values
    ('May 13, 2025', '2025-05-13'::date, false),
    ('Jan 7, 2026', '2026-01-07', false),
    ('Dec 31, 1999', '1999-12-31', false),
    ('Feb 09, 2025', '2025-02-09', false),
    ('Feb 29, 2024', '2024-02-29', false),
    ('may 13, 2025', '2025-05-13', false),
    (e'May 13, 2025\u00a0', '2025-05-13', false),
    (e'May\u202f13, 2025 ', '2025-05-13', false),
    ('May 13 2025', '2025-05-13', false),
    ('Sept. 3, 2025', '2025-09-03', false),
    ('September 3rd, 2025', '2025-09-03', false),
    ('13 May 2025', '2025-05-13', false),
    ('13-May-2025', '2025-05-13', false),
    ('13. Mai 2025', '2025-05-13', false),
    ('Mai 13, 2025', '2025-05-13', false),
    ('1er août 2025', '2025-08-01', false),
    ('1 AOÛT 2025', '2025-08-01', false),
    ('13 de mayo de 2025', '2025-05-13', false),
    ('2025 maj 13', '2025-05-13', false),
    ('2025-05-13', '2025-05-13', false),
    ('2025-05-13T23:59:59.5Z', '2025-05-13', false),
    ('2025/5/13', '2025-05-13', false),
    ('2025年5月13日', '2025-05-13', false),
    ('2025년 5월 13일', '2025-05-13', false),
    ('13.05.2025', '2025-05-13', false),
    ('4.5.2025', '2025-05-04', false),
    ('13/5/2025', '2025-05-13', false),
    ('5/13/2025', '2025-05-13', false),
    ('5/5/2025', '2025-05-05', false),
    ('Today', '2025-10-23', false),
    ('heute', '2025-10-23', false),
    ('Yesterday', '2025-10-22', false),
    ('3 days ago', '2025-10-20', false),
    ('il y a 1 jour', '2025-10-22', false),
    ('4/5/2025', null, true),
    ('15/15/2025', null, true),
    ('2 weeks ago', null, true),
    ('5 hours ago', null, true),
    ('May 13', null, true),
    ('13 listopada 2025', null, true),
    ('Feb 29, 2025', null, true),
    ('Feb 30, 2025', null, true),
    ('Apr 31, 2025', null, true),
    ('May 0, 2025', null, true),
    ('May 32, 2025', null, true),
    ('May 13, 0000', null, true),
    ('May 13, 20255', null, true),
    ('2025-13-13', null, true),
    ('20250513', null, true),
    ('1761241999', null, true),
    ('soon', null, true),
    ('Not available', null, false),
    ('not available ', null, false),
    ('Nicht verfügbar', null, false),
    ('N/A', null, false),
    ('—', null, false),
    ('-', null, false),
    ('', null, false),
    (null, null, false)

),

read as (

    select
        *,
        {{ parse_shown_date('cell', "'2025-10-23'::date") }} as actual,
        {{ is_unread_date('cell', "'2025-10-23'::date") }} as is_actually_unread
    from examples

)

select * from read
where actual is distinct from expected or is_actually_unread is distinct from is_unread
{% endtest %}
