{#- Fails if a line of a Playlists cell names another playlist than the vendor meant. -#}
{% test claimed_name_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('- Night Drive', 'Night Drive'),
    ('-  Night  Drive ', 'Night Drive'),
    ('- Night Drive [NEW]', 'Night Drive'),
    ('- Night Drive  [new] ', 'Night Drive'),
    ('- Night Drive[NEW]', 'Night Drive'),
    ('''- Night Drive [NEW]', 'Night Drive'),
    ('"- Night Drive', 'Night Drive'),
    ('• Night Drive', 'Night Drive'),
    ('– Night Drive', 'Night Drive'),
    ('Night Drive', 'Night Drive'),
    (e'\u00a0-\u00a0Night\u202fDrive\u3000[NEW]\u00a0', 'Night Drive'),
    (e'- Night Drive\u2028', 'Night Drive'),
    ('- 2015-2017 Dance', '2015-2017 Dance'),
    ('2015-2017 Dance', '2015-2017 Dance'),
    ('2015 - 2017 Dance', '2015 - 2017 Dance'),
    ('- 7 - Up', '7 - Up'),
    ('- - Dashes -', '- Dashes -'),
    ('- Luna - Night Drive', 'Luna - Night Drive'),
    ('- Night Drive [NEW NAME]', 'Night Drive [NEW NAME]'),
    ('- [NEW ADD] Night Drive', '[NEW ADD] Night Drive'),
    ('- Night [NEW] Drive', 'Night [NEW] Drive'),
    ('- Night Drive [2025]', 'Night Drive [2025]'),
    ('- Night Drive (NEW)', 'Night Drive'),
    ('- (Live) Night Drive', '(Live) Night Drive'),
    ('''90s Drive', '''90s Drive'),
    ('- ''90s Drive''', '''90s Drive'''),
    ('"Night" Drive', '"Night" Drive'),
    ('- Night Drive(Removed)', 'Night Drive'),
    ('- Night Drive (ok?) [new!]', 'Night Drive'),
    ('- Night Drive - removing shortly', 'Night Drive'),
    ('- Night Drive - New', 'Night Drive - New'),
    ('- Night Drive (Live)', 'Night Drive (Live)'),
    ('- *NSYNC Radio', '*NSYNC Radio'),
    ('*NSYNC Radio', '*NSYNC Radio'),
    ('- BEST OF OPIUM*', 'BEST OF OPIUM*'),
    ('* Night Drive', 'Night Drive'),
    ('· Night Drive', 'Night Drive'),
    ('▪ Night Drive', 'Night Drive'),
    (e'✔\ufe0f Night Drive', 'Night Drive'),
    ('- ✅ Night Drive', '✅ Night Drive'),
    ('- [x] Night Drive', 'Night Drive'),
    ('**Night Drive** [NEW]', 'Night Drive'),
    ('- **Night Drive [NEW]**', 'Night Drive'),
    ('- **Night** __Drive__', 'Night Drive'),
    ('- night__drive__', 'night__drive__'),
    ('- AC/DC / Luna', 'AC/DC / Luna'),
    ('- !!!', '!!!'),
    (e'\u200b- Night Drive\ufeff', 'Night Drive'),
    ('- 1. FC Luna', '1. FC Luna'),
    ('- https://elsewhere.example/1 [NEW]', null),
    ('-', null),
    ('- ', null),
    ('''-', null),
    ('- [NEW]', null),
    ('[NEW]', null),
    ('', null),
    (e' \u00a0\u3000', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ claimed_name(claim_text(claim_line('cell'), 'false')) }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
