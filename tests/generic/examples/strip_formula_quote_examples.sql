{#- Fails if a name in a seed loses more than the quote that keeps a spreadsheet from taking it for a formula. -#}
{% test strip_formula_quote_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('Anna - One', 'Anna - One'),
    ('''=1+1', '=1+1'),
    ('''@Anna', '@Anna'),
    ('''-Anna', '-Anna'),
    ('''''=Anna', '''=Anna'),
    ('''Til Dawn', '''Til Dawn'),
    ('=1+1', '=1+1'),
    ('''', ''''),
    (null, null)

),

read as (

    select
        *,
        {{ strip_formula_quote('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
