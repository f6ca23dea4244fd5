{#- Fails if the people of one cell are not separated: joined by signs, line breaks or `and`. -#}
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
    ('Ann & Bob', 'Ann|Bob'),
    ('Ann; Bob', 'Ann|Bob'),
    ('Ann + Bob', 'Ann|Bob'),
    (e'Ann and Bob AND\u00a0Cy', 'Ann|Bob|Cy'),
    (e'Ann\r\nBob', 'Ann|Bob'),
    ('Andy, Sandy and Anders', 'Andy|Sandy|Anders'),
    ('Brand Andrews', 'Brand Andrews'),
    ('and', 'and'),
    ('Ann, n/a', 'Ann|N.A.'),
    ('Dan/Ann', 'Dan|Ann'),
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
