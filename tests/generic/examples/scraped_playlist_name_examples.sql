{#- Fails if a badge stays in a playlist's name, a name loses a word of its own, or a dash counts as a curator. -#}
{% test scraped_playlist_name_examples(model, column_name) %}
with

examples (cell, made_by, schema_version, expected, expected_curator) as (

    values
    ('Night DrivePersonalized', 'Spotify', null, 'Night Drive', 'Spotify'),
    ('Night DrivePersonalized ', e'Spotify\u00a0', null, 'Night Drive', 'Spotify'),
    ('MixPersonalizedPersonalized', 'Spotify', null, 'MixPersonalized', 'Spotify'),
    ('Mood PersonalizedPersonalized', 'Spotify', null, 'Mood Personalized', 'Spotify'),
    ('Mood Personalized', 'Spotify', null, 'Mood Personalized', 'Spotify'),
    (e'Mood\u00a0Personalized', 'Spotify', null, 'Mood Personalized', 'Spotify'),
    ('Personalized', 'Spotify', null, 'Personalized', 'Spotify'),
    ('Personalized Night', 'Spotify', null, 'Personalized Night', 'Spotify'),
    ('Drivepersonalized', 'Spotify', null, 'Drivepersonalized', 'Spotify'),
    ('Night DrivePersonalized', '—', null, 'Night DrivePersonalized', null),
    ('Night DrivePersonalized', null, null, 'Night DrivePersonalized', null),
    ('Night DrivePersonalized', 'Ann Lee', null, 'Night DrivePersonalized', 'Ann Lee'),
    ('Night DrivePersonalized', 'Spotify', '1', 'Night DrivePersonalized', 'Spotify'),
    ('Mood Personalized', 'Spotify', '2', 'Mood Personalized', 'Spotify'),
    ('Showing 100 of 240', ' — ', '1', 'Showing 100 of 240', null),
    (' Night  Drive ', e' Ann\u202fLee ', '1', 'Night Drive', 'Ann Lee'),
    ('Night Drive', '', null, 'Night Drive', null),
    ('Night Drive', '–', '1', 'Night Drive', null),
    ('Night Drive', ' - ', '1', 'Night Drive', null),
    ('Night Drive', 'N/A', '1', 'Night Drive', null),
    ('Night Drive', '-Ann-', '1', 'Night Drive', '-Ann-'),
    (null, 'Spotify', null, null, 'Spotify')

),

read as (

    select
        cell,
        made_by,
        schema_version,
        expected,
        {{ collapse_whitespace(scraped_playlist_name('cell', 'made_by', '(schema_version is not null)')) }} as actual,
        expected_curator,
        {{ curator('made_by') }} as actual_curator
    from examples

)

select * from read
where actual is distinct from expected or actual_curator is distinct from expected_curator
{% endtest %}
