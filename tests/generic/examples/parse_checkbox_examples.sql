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
    ('checked checked', true, null),
    ('TRUE', true, true),
    (' x ', true, true),
    ('Yes', true, true),
    ('1', true, true),
    ('✓', true, true),
    (e'\u2714\ufe0f', true, true),
    ('☑', true, true),
    ('FALSE', true, false),
    ('0', true, false),
    ('No', true, false),
    ('☐', true, false),
    ('unchecked', true, false),
    ('❌', true, null),
    ('10', true, null),
    ('n/a', true, null),
    ('yes and no', true, null),
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
