{#- Fails if a campaign's link is taken for another kind, or a track id comes from anything but a track link. -#}
{% test url_kind_examples(model, column_name) %}
with

examples (cell, expected, expected_track_id) as (

    values
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k?si=0a1b2c&nd=1', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('https://open.spotify.com/intl-de/track/1a2B3c4D5e6F7g8H9i0J1k?si=x', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('https://open.spotify.com/intl-pt-BR/track/1a2B3c4D5e6F7g8H9i0J1k', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('https://open.spotify.com/embed/track/1a2B3c4D5e6F7g8H9i0J1k', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('http://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k/', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k#top', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    (e' \u00a0https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k\n', 'track', '1a2B3c4D5e6F7g8H9i0J1k'),
    ('https://open.spotify.com/album/1a2B3c4D5e6F7g8H9i0J1k', 'album', null),
    ('https://open.spotify.com/album/1a2B3c4D5e6F7g8H9i0J1k?trackId=2a2B3c4D5e6F7g8H9i0J1k', 'album', null),
    ('https://open.spotify.com/artist/1a2B3c4D5e6F7g8H9i0J1k?si=x', 'artist', null),
    ('https://open.spotify.com/intl-fr/playlist/1a2B3c4D5e6F7g8H9i0J1k', 'playlist', null),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1', 'other', null),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k2', 'other', null),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J_k', 'other', null),
    ('https://open.spotify.com/track/', 'other', null),
    ('https://open.spotify.com/episode/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://open.spotify.com.evil.example/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://openxspotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://user@open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://open.spotify.com@evil.example/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://evil.example/?u=https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('listen: https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://artists.spotify.com/c/artist/1a2B3c4D5e6F7g8H9i0J1k/song/2a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://spotify.link/AbCdEf', 'other', null),
    ('https://soundcloud.com/luna/track/1a2B3c4D5e6F7g8H9i0J1k', 'other', null),
    ('https://www.dropbox.com/s/luna.wav', 'other', null),
    ('https://youtu.be/abc', 'other', null),
    ('TBA', 'other', null),
    ('TBD', 'other', null),
    ('w', 'other', null),
    ('', 'none', null),
    (e' \u00a0\u202f', 'none', null),
    (null, 'none', null)

),

read as (

    select
        cell,
        expected,
        {{ url_kind('cell') }} as actual,
        expected_track_id,
        {{ track_id_of_url('cell') }} as actual_track_id
    from examples

)

select * from read
where actual is distinct from expected or actual_track_id is distinct from expected_track_id
{% endtest %}
