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
    ('- Night Drive (NEW)', 'Night Drive (NEW)'),
    ('- (Live) Night Drive', '(Live) Night Drive'),
    ('''90s Drive', '''90s Drive'),
    ('- ''90s Drive''', '''90s Drive'''),
    ('"Night" Drive', '"Night" Drive'),
    ('- Night Drive https://open.spotify.com/playlist/1a2B3c4D5e6F7g8H9i0J1k?si=0a', 'Night Drive'),
    (e'https://open.spotify.com/playlist/1a2B3c4D5e6F7g8H9i0J1k\u00a0Night Drive [NEW]', 'Night Drive'),
    ('https://open.spotify.com/playlist/1a2B3c4D5e6F7g8H9i0J1k?si=0a', null),
    ('- https://open.spotify.com/playlist/1a2B3c4D5e6F7g8H9i0J1k ', null),
    ('- https://open.spotify.com/playlist/1a2B3c4D5e6F7g8H9i0J1k [NEW]', null),
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
        {{ claimed_name('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
