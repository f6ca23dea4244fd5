{#- The kind of thing that a campaign's URL points at: track, album, artist, playlist, other or none. -#}
{% macro url_kind(cell) -%}
    case
        when {{ clean_text(cell) }} is null then 'none'
        else coalesce(({{ spotify_link(cell) }})[1], 'other')
    end
{%- endmacro %}


{#- The 22 characters of a link to a Spotify track; null for every other cell: only a track link names a track. -#}
{% macro track_id_of_url(cell) -%}
    case when ({{ spotify_link(cell) }})[1] = 'track' then ({{ spotify_link(cell) }})[2] end
{%- endmacro %}


{#-
    {kind, id} of a link to open.spotify.com, with or without a language path and a tail; null for others. First whether it
    is one and then its parts: PostgreSQL needs five times as long for an expression with groups to take out.
-#}
{% macro spotify_link(cell) -%}
    case
        when
            {{ clean_text(cell) }}
            ~ '^(?:https?://)?open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?(?:embed/)?(?:track|album|artist|playlist)/[0-9A-Za-z]{22}(?:[/?#]|$)'
            then string_to_array(substring({{ cell }} from '(?:track|album|artist|playlist)/.{22}'), '/')
    end
{%- endmacro %}


{#-
    {artist id, track id} of a song's page on Spotify for Artists; null for every other text. Only https and
    the site's own host: an address out of a file is never trusted further than its ids.
-#}
{% macro sfa_ids(cell) -%}
    case
        when
            {{ clean_text(cell) }}
            ~ '^https://artists\.spotify\.com/c/(?:[a-z]{2}(?:-[a-zA-Z]{2,4})?/)?artist/[0-9A-Za-z]{22}/song/[0-9A-Za-z]{22}(?:[/?#]|$)'
            then regexp_match({{ cell }}, 'artist/(.{22})/song/(.{22})')
    end
{%- endmacro %}


{#- The one address that the ledger keeps for a song's page, built from its ids. -#}
{% macro sfa_url(artist_id, track_id) -%}
    'https://artists.spotify.com/c/artist/' || {{ artist_id }} || '/song/' || {{ track_id }} || '/stats'
{%- endmacro %}
