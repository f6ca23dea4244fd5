-- Fails if the people of one cell are not told apart: joined by a slash or a comma.
with

examples (cell, expected) as (

    values
    ('Ann', 'Ann'),
    ('Ann/Bob', 'Ann|Bob'),
    ('Ann / Bob', 'Ann|Bob'),
    ('Ann,Bob', 'Ann|Bob'),
    (e'Ann Lee,\u00a0Bob / Cy', 'Ann Lee|Bob|Cy'),
    ('Ann-Marie O''Neil', 'Ann-Marie O''Neil'),
    ('/Ann,,Bob/', 'Ann|Bob'),
    ('/', null),
    ('', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        (
            select string_agg({{ clean_text('split.person') }}, '|' order by split.position)
            from {{ split_people('cell') }} as split (person, position)
        ) as actual
    from examples

)

select * from read
where actual is distinct from expected
