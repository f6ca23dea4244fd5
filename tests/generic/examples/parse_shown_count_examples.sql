{#- Fails if streams or a rank as a page shows them are parsed wrongly, rounded or guessed. -#}
{% test parse_shown_count_examples(model, column_name) %}
with

examples (cell, streams, rank) as (

    values
    ('1234', 1234::bigint, 1234::bigint),
    ('1,234', 1234, 1234),
    ('1.234', 1234, null),
    ('1 234', 1234, null),
    (e'1\u202f234', 1234, null),
    (e' 1\u00a0234 ', 1234, null),
    ('1''234', 1234, null),
    ('1’234', 1234, null),
    ('1,23,456', 123456, null),
    ('1,234,567', 1234567, 1234567),
    ('1.234.567', 1234567, null),
    ('1234.0', 1234, 1234),
    ('1,234.00', 1234, null),
    ('1.234,00', 1234, null),
    ('0', 0, 0),
    ('007', 7, 7),
    ('#5', null, 5),
    ('# 5', null, 5),
    ('5.', null, 5),
    ('5)', null, 5),
    ('5th', null, 5),
    ('No. 5', null, 5),
    ('-5', null, null),
    ('+5', null, null),
    ('1.2K', null, null),
    ('1.2', null, null),
    ('<1', null, null),
    ('1234,567', null, null),
    ('1,234.567', null, null),
    ('1,00', null, null),
    ('12.34', null, null),
    ('999999999999999', 999999999999999, null),
    ('9999999999999999', null, null),
    ('1e5', null, null),
    ('１２', null, null),
    ('٣', null, null),
    ('5 of 9', null, null),
    ('true', null, null),
    ('—', null, null),
    ('', null, null),
    (null, null, null)

),

read as (

    select
        *,
        {{ parse_shown_count('cell') }} as actual_streams,
        {{ parse_shown_rank('cell') }} as actual_rank
    from examples

)

select * from read
where actual_streams is distinct from streams or actual_rank is distinct from rank
{% endtest %}
