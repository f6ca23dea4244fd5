{#- Fails if the addresses of one cell are not separated, or one text is split into an address and a rest. -#}
{% test split_emails_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('ann@mail.example', 'ann@mail.example'),
    ('ann@mail.example, bob@mail.example', 'ann@mail.example|bob@mail.example'),
    ('ann@mail.example;bob@mail.example', 'ann@mail.example|bob@mail.example'),
    ('ann@mail.example , BOB@mail.example.', 'ann@mail.example|bob@mail.example'),
    ('ann@mail.example bob@mail.example', 'ann@mail.example|bob@mail.example'),
    (e'ann@mail.example\u00a0bob@mail.example', 'ann@mail.example|bob@mail.example'),
    (e'ann@mail.example\r\nbob@mail.example', 'ann@mail.example|bob@mail.example'),
    ('ann@mail.example. bob@mail.example', 'ann@mail.example|bob@mail.example'),
    ('a@mail.example b@mail.example c@mail.example', 'a@mail.example|b@mail.example|c@mail.example'),
    ('ann@mail.example,, ;bob@mail.example,', 'ann@mail.example|bob@mail.example'),
    ('ann @mail.example', 'ann@mail.example'),
    ('john doe@mail.example', 'not read: john doe@mail.example'),
    ('N/A, ann@mail.example', 'not read: N/A|ann@mail.example'),
    ('Ann Lee <ann@mail.example>', 'not read: Ann Lee <ann@mail.example>'),
    ('ann@mail', 'not read: ann@mail'),
    (' , ;', null),
    ('', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        (
            select
                string_agg(
                    coalesce(
                        {{ parse_email('split.piece') }}, 'not read: ' || {{ collapse_whitespace('split.piece') }}
                    ),
                    '|' order by split.position
                )
            from {{ split_emails('cell') }} as split (piece, position)
        ) as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
