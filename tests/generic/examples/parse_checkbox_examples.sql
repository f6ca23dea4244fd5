{#- Fails if a check box is parsed wrongly: an empty cell is false, a column that the file lacks is null. -#}
{% test parse_checkbox_examples(model, column_name) %}
with

examples (cell, is_present, expected) as (

    values
    ('checked', true, true),
    (' Checked ', true, true),
    (e'CHECKED\u00a0', true, true),
    ('', true, false),
    (e' \u202f', true, false),
    (null, true, false),
    (null, false, null),
    ('', false, null),
    (null, null, null),
    ('checked', null, true),
    ('unchecked', true, null),
    ('checked checked', true, null),
    ('true', true, null),
    ('x', true, null),
    ('https://artists.spotify.com/c/roster', true, null)

),

read as (

    select
        cell,
        is_present,
        expected,
        {{ parse_checkbox('cell', 'is_present') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
