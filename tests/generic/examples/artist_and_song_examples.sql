{#- Fails if a campaign's name is split anywhere but at its first dash with a space beside it. -#}
{% test artist_and_song_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('Luna Vale - Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale – Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale — Night Drive', array['Luna Vale', 'Night Drive']),
    (e'Luna Vale \u2212 Night Drive', array['Luna Vale', 'Night Drive']),
    (e'Luna Vale\t- Night Drive  ', array['Luna Vale', 'Night Drive']),
    (e'Luna\u202fVale\u00a0-\u00a0Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale- Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale -Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale -- Night Drive', array['Luna Vale', 'Night Drive']),
    ('Luna Vale - Night Drive - Live', array['Luna Vale', 'Night Drive - Live']),
    ('Lu-na - Night-Drive', array['Lu-na', 'Night-Drive']),
    ('L - N', array['L', 'N']),
    ('“Luna” - Ann’s Drive', array['“Luna”', 'Ann’s Drive']),
    ('Luna Vale Night Drive', null),
    ('Lu-na Night-Drive', null),
    ('- Night Drive', null),
    ('Luna Vale -', null),
    ('-', null),
    (' - ', null),
    ('', null),
    (e' \u00a0', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ artist_and_song('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
