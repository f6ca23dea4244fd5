{#- Fails if the people of one cell are not separated: joined by a slash or a comma. -#}
{% test split_people_examples(model, column_name) %}
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
            select string_agg({{ collapse_whitespace('split.person') }}, '|' order by split.position)
            from {{ split_people('cell') }} as split (person, position)
        ) as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
