{#- Fails if the address of a song page is misread, or ids are taken from an address of another site. -#}
{% test sfa_ids_examples(model, column_name) %}
{%- set page = "https://artists.spotify.com/c/artist/1a2B3c4D5e6F7g8H9i0J1k/song/2a2B3c4D5e6F7g8H9i0J1k/stats" %}

with

examples (cell, expected) as (

    values
    ('{{ page }}', '{{ page }}'),
    ('{{ page | replace("/stats", "") }}', '{{ page }}'),
    ('{{ page | replace("/stats", "/playlists") }}', '{{ page }}'),
    ('{{ page | replace("/stats", "?time=7d") }}', '{{ page }}'),
    ('{{ page | replace("/c/", "/c/en/") }}#top', '{{ page }}'),
    ('{{ page | replace("/c/", "/c/pt-BR/") | replace("/stats", "/") }}', '{{ page }}'),
    (e' \u00a0{{ page }}\u202f\n', '{{ page }}'),
    ('{{ page | replace("https", "http") }}', '{{ page }}'),
    ('{{ page | replace("https://", "") }}', '{{ page }}'),
    ('{{ page | replace("https://", "//") }}', '{{ page }}'),
    ('{{ page | replace("https://artists", "Https://ARTISTS") }}.', '{{ page }}'),
    ('[Drive]({{ page }}), checked', '{{ page }}'),
    (e'\u200b{{ page | replace("J1k/stats", "J1k") }}\u200b', '{{ page }}'),
    ('{{ page }} {{ page | replace("2a2B", "3a2B") }}', '{{ page }}'),
    ('{{ page | replace("spotify.com", "spotify.com.evil.example") }}', null),
    ('{{ page | replace("spotify.com", "spotify.com:8443") }}', null),
    ('{{ page | replace("spotify.com", "spotify.com@evil.example") }}', null),
    ('{{ page | replace("artists.spotify.com", "user@artists.spotify.com") }}', null),
    ('{{ page | replace("artists.spotify.com", "user:word@artists.spotify.com") }}', null),
    ('{{ page | replace("artists.spotify.com", "evil.example") }}', null),
    ('{{ page | replace("artists.spotify.com", "artists-spotify.com") }}', null),
    ('{{ page | replace("artists.spotify.com", "artistsxspotify.com") }}', null),
    ('{{ page | replace("artists.spotify.com", "artists.spotify.com\\\\") }}', null),
    ('https://evil.example/?u={{ page }}', null),
    ('see {{ page }}', '{{ page }}'),
    ('{{ page | replace("/c/", "/c/../c/") }}', null),
    ('{{ page | replace("/c/", "/c/english/") }}', null),
    ('{{ page | replace("J1k/song", "J1/song") }}', null),
    ('{{ page | replace("J1k/stats", "J1/stats") }}', null),
    ('{{ page | replace("J1k/song", "J1k2/song") }}', null),
    ('{{ page | replace("J1k/stats", "J1k2/stats") }}', null),
    ('{{ page | replace("J1k/stats", "J-k/stats") }}', null),
    ('https://artists.spotify.com/c/artist/1a2B3c4D5e6F7g8H9i0J1k/songs', null),
    ('https://artists.spotify.com/c/roster', null),
    ('https://open.spotify.com/track/1a2B3c4D5e6F7g8H9i0J1k', null),
    ('javascript:alert(1)', null),
    ('checked', null),
    ('', null),
    (e' \u00a0', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ sfa_url("(" ~ sfa_ids('cell') ~ ")[1]", "(" ~ sfa_ids('cell') ~ ")[2]") }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
