{#-
    Fails if a campaign's link is taken for another kind, a track id comes from anything but a track link, or a link that
    cannot be read is passed over in silence.
-#}
{% test url_kind_examples(model, column_name) %}
{%- set T = "1a2B3c4D5e6F7g8H9i0J1k" %}
{%- set U = "2a2B3c4D5e6F7g8H9i0J1k" %}
{%- set link = "https://open.spotify.com/track/" ~ T %}

with

examples (cell, expected, expected_track_id, expected_doubt) as (

    values
    ('{{ link }}', 'track', '{{ T }}', null),
    ('{{ link }}?si=0a1b2c&nd=1', 'track', '{{ T }}', null),
    ('https://open.spotify.com/intl-de/track/{{ T }}?si=x', 'track', '{{ T }}', null),
    ('https://open.spotify.com/intl-pt-BR/track/{{ T }}', 'track', '{{ T }}', null),
    ('https://open.spotify.com/embed/track/{{ T }}?utm_source=generator', 'track', '{{ T }}', null),
    ('https://open.spotify.com/embed-podcast/track/{{ T }}', 'track', '{{ T }}', null),
    ('http://open.spotify.com/track/{{ T }}/', 'track', '{{ T }}', null),
    ('open.spotify.com/track/{{ T }}#top', 'track', '{{ T }}', null),
    (e' \u00a0{{ link }}\n', 'track', '{{ T }}', null),
    ('Https://open.spotify.com/track/{{ T }}', 'track', '{{ T }}', null),
    ('HTTPS://OPEN.SPOTIFY.COM/track/{{ T }}', 'track', '{{ T }}', null),
    ('ttps://open.spotify.com/track/{{ T }}', 'track', '{{ T }}', null),
    ('https:/www.open.spotify.com//track/{{ T }}', 'track', '{{ T }}', null),
    ('https://play.spotify.com/track/{{ T }}', 'track', '{{ T }}', null),
    ('https://spotify.com/us/track/{{ T }}', 'track', '{{ T }}', null),
    ('spotify:track:{{ T }}', 'track', '{{ T }}', null),
    ('Spotify:track:{{ T }} (main)', 'track', '{{ T }}', null),
    ('Spotify: {{ link }}', 'track', '{{ T }}', null),
    ('Main-{{ link }}', 'track', '{{ T }}', null),
    ('{{ link }} (main)', 'track', '{{ T }}', null),
    ('{{ link }}.', 'track', '{{ T }}', null),
    ('{{ link }},', 'track', '{{ T }}', null),
    ('({{ link }})', 'track', '{{ T }}', null),
    (e'\u201c{{ link }}\u201d', 'track', '{{ T }}', null),
    (e'\u200b{{ link }}\ufeff', 'track', '{{ T }}', null),
    ('[Night / Drive]({{ link }}?si=1)', 'track', '{{ T }}', null),
    ('[{{ link }}]({{ link }}?si=1)', 'track', '{{ T }}', null),
    ('**<{{ link }}>**', 'track', '{{ T }}', null),
    ('=HYPERLINK("{{ link }}","Drive")', 'track', '{{ T }}', null),
    ('https%3A%2F%2Fopen.spotify.com%2Ftrack%2f{{ T }}%3Fsi%3D1', 'track', '{{ T }}', null),
    (e'https://open.spotify.com/\ntrack/ {{ T }}', 'track', '{{ T }}', null),
    ('https://open.spotify.com/album/{{ U }}?highlight=spotify:track:{{ T }}', 'track', '{{ T }}', null),
    ('https://embed.spotify.com/?uri=spotify%3Atrack%3A{{ T }}', 'track', '{{ T }}', null),
    ('{{ link }} https://open.spotify.com/track/{{ U }}', 'track', '{{ T }}', 'second_link'),
    ('{{ link }}https://open.spotify.com/track/{{ U }}', 'track', '{{ T }}', 'second_link'),
    ('{{ link }} / https://open.spotify.com/track/{{ U }}', 'track', '{{ T }}', 'second_link'),
    ('https://open.spotify.com/album/{{ U }}, {{ link }}', 'track', '{{ T }}', 'second_link'),
    ('https://soundcloud.com/luna {{ link }}', 'track', '{{ T }}', 'second_link'),
    ('https://soundcloud.com/luna https://youtu.be/abc', 'other', null, 'second_link'),
    ('https://open.spotify.com/album/{{ T }}', 'album', null, null),
    ('https://open.spotify.com/album/{{ T }}?trackId={{ U }}', 'album', null, null),
    ('https://open.spotify.com/artist/{{ T }}?si=x', 'artist', null, null),
    ('https://open.spotify.com/intl-fr/playlist/{{ T }}', 'playlist', null, null),
    ('https://open.spotify.com/user/ann/playlist/{{ T }}', 'playlist', null, null),
    ('spotify:user:ann:playlist:{{ T }}', 'playlist', null, null),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1', 'other', null, 'link_unread'),
    ('{{ link }}2', 'other', null, 'link_unread'),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J_k', 'other', null, 'link_unread'),
    ('https://open.spotify.com/track/1a2B3c4D5e6 F7g8H9i0J1k', 'other', null, 'link_unread'),
    ('HTTPS://OPEN.SPOTIFY.COM/TRACK/1A2B3C4D5E6F7G8H9I0J1K', 'other', null, 'link_unread'),
    ('https://open.spotify.com/track/', 'other', null, 'link_unread'),
    ('https://open.spotify.com/episode/{{ T }}', 'other', null, 'link_unread'),
    ('https://open.spotfy.com/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://open.spotify.com.evil.example/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://openxspotify.com/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://user@open.spotify.com/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://open.spotify.com@evil.example/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://evil.example/open.spotify.com/track/{{ T }}', 'other', null, 'link_unread'),
    ('https://evil.example/?u={{ link }}', 'other', null, 'link_unread'),
    ('https://artists.spotify.com/c/artist/{{ T }}/song/{{ U }}', 'other', null, 'sfa_url_as_link'),
    ('https://artists.spotify.com/c/artist/{{ T }}/songs', 'other', null, 'link_unread'),
    ('https://spotify.link/AbCdEf', 'other', null, 'short_link'),
    ('Drive: spoti.fi/3aBcD', 'other', null, 'short_link'),
    ('https://soundcloud.com/spotify-edit', 'other', null, null),
    ('https://www.dropbox.com/s/luna.wav', 'other', null, null),
    (e'https://m\u00fcnchen.example/luna', 'other', null, null),
    ('https://youtu.be/abc', 'other', null, null),
    ('Spotify: TBA', 'other', null, 'not_a_link'),
    ('{{ T }}', 'other', null, 'not_a_link'),
    ('TBA', 'other', null, 'not_a_link'),
    ('w', 'other', null, 'not_a_link'),
    ('', 'none', null, null),
    (e' \u00a0\u202f', 'none', null, null),
    (null, 'none', null, null)

),

read as (

    select
        cell,
        expected,
        {{ url_kind('cell') }} as actual,
        expected_track_id,
        {{ track_id_of_url('cell') }} as actual_track_id,
        expected_doubt,
        case when {{ url_kind('cell') }} <> 'none' then {{ link_doubt('cell') }} end as actual_doubt
    from examples

)

select * from read
where
    actual is distinct from expected
    or actual_track_id is distinct from expected_track_id
    or actual_doubt is distinct from expected_doubt
{% endtest %}
