{#- Fails if text that was decoded wrongly is not mended, or right text is taken for wrong. -#}
{% test mended_text_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('BeyoncÃ© â€“ Halo', 'Beyoncé – Halo'),
    ('BEYONCÃ‰', 'BEYONCÉ'),
    ('DonÂ´t', 'Don´t'),
    ('Å‚Ã³dÅº', 'łódź'),
    ('ðŸ”¥ ã‚«', '🔥 カ'),
    (e'one\nÃ©', e'one\né'),
    -- An old Mac wrote é as what is Ž on Windows.
    ('BeyoncŽ', 'Beyoncé'),
    ('Beyoncé – Motörhead’s “Ace”', 'Beyoncé – Motörhead’s “Ace”'),
    ('“CAFÉ” NOÉ’S “Olé…” SÃO MAÇÃ”', '“CAFÉ” NOÉ’S “Olé…” SÃO MAÇÃ”'),
    ('Žižek ŽIŽEK', 'Žižek ŽIŽEK'),
    ('', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ mended_text('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
