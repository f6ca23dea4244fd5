{#- Fails if the clients of one cell are not separated: joined by commas, a name that holds a comma is quoted. -#}
{% test split_labels_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('Luna Vale', 'Luna Vale'),
    ('Luna Vale,Oak & Pine', 'Luna Vale|Oak & Pine'),
    (e' Luna Vale ,\u00a0Oak\u202fPine ', 'Luna Vale|Oak Pine'),
    ('"Vale, Oak & Co"', 'Vale, Oak & Co'),
    ('Luna,"Vale, Oak & Co",Pine', 'Luna|Vale, Oak & Co|Pine'),
    (' "Vale, Oak" , "Pine, Elm" ', 'Vale, Oak|Pine, Elm'),
    ('"The ""Big"" Oak, Inc",Pine', 'The "Big" Oak, Inc|Pine'),
    ('"Vale, ""Oak"""', 'Vale, "Oak"'),
    ('The "Big" Oak,Pine', 'The "Big" Oak|Pine'),
    ('"Big" Oak,Pine', '"Big" Oak|Pine'),
    -- A quote without its other one is a letter like any other: nothing is swallowed.
    ('"Vale, Oak', '"Vale|Oak'),
    ('Vale, Oak"', 'Vale|Oak"'),
    ('12" Records,Oak', '12" Records|Oak'),
    ('Luna,,Oak,', 'Luna|Oak'),
    (', ,Luna', 'Luna'),
    ('"",Luna', 'Luna'),
    ('Luna,Luna', 'Luna|Luna'),
    ('N/A', 'N/A'),
    (e'Luna\nVale', 'Luna Vale'),
    (',', null),
    ('', null),
    (e' \u00a0', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        (
            select string_agg({{ collapse_whitespace('split.label') }}, '|' order by split.position)
            from {{ split_labels('cell') }} as split
        ) as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
