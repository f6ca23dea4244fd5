{#- Fails if a cell is not collapsed to one line, if free text is changed, or if a blank cell counts as text. -#}
{% test collapse_whitespace_examples(model, column_name) %}
with

examples (cell, expected, expected_kept) as (

    values
    ('Luna Vale', 'Luna Vale', 'Luna Vale'),
    ('  Luna  Vale ', 'Luna Vale', '  Luna  Vale '),
    (e'first\nsecond\r\n\tthird', 'first second third', e'first\nsecond\r\n\tthird'),
    (e'Luna\u00a0Vale\u202f', 'Luna Vale', e'Luna\u00a0Vale\u202f'),
    (e'Luna\u2028Vale\u0085\u3000', 'Luna Vale', e'Luna\u2028Vale\u0085\u3000'),
    ('ＬＵＮＡ ÉCLAIR', 'ＬＵＮＡ ÉCLAIR', 'ＬＵＮＡ ÉCLAIR'),
    (e'\\n %s', e'\\n %s', e'\\n %s'),
    ('N/A', 'N/A', 'N/A'),
    ('null', 'null', 'null'),
    -- No blank of Unicode's: it joins the parts of an emoji.
    (e'\u200d', e'\u200d', e'\u200d'),
    ('', null, null),
    ('   ', null, null),
    (e'\n\r\n\t\u000b\u000c', null, null),
    (e'\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\u0085', null, null),
    (null, null, null)

),

read as (

    select
        cell,
        expected,
        {{ collapse_whitespace('cell') }} as actual,
        expected_kept,
        {{ null_if_blank('cell') }} as actual_kept
    from examples

)

select * from read
where actual is distinct from expected or actual_kept is distinct from expected_kept
{% endtest %}
