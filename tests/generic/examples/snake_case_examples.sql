{#- Fails if a label is not written in lower snake case. -#}
{% test snake_case_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('Paid', 'paid'),
    ('N/A', 'n_a'),
    ('Awaiting reply', 'awaiting_reply'),
    ('  Awaiting --  reply! ', 'awaiting_reply'),
    (e'Awaiting\u00a0reply', 'awaiting_reply'),
    ('Paid_Vendor?', 'paid_vendor'),
    ('ＰＡＩＤ', 'paid'),
    ('Réglé', 'réglé'),
    ('30 days', '30_days'),
    ('?!', null),
    ('—', null),
    ('', null),
    (e' \u202f', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ snake_case('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
