{#- What a campaign's URL links to: `track`, `album`, `artist`, `playlist`, `other` or `none`. -#}
{% macro url_kind(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} is null then 'none'
        else coalesce(({{ spotify_link(cell) }})[1], 'other')
    end
{%- endmacro %}


{#- The track id of a link to a Spotify track; null for every other cell. -#}
{% macro track_id_of_url(cell) -%}
    case when ({{ spotify_link(cell) }})[1] = 'track' then ({{ spotify_link(cell) }})[2] end
{%- endmacro %}


{#-
    {kind, id} of a link to open.spotify.com, with or without a language path and a query; null for other links. It is
    tested first and split afterwards: in PostgreSQL a pattern with capturing groups is five times slower.
-#}
{% macro spotify_link(cell) -%}
    case
        when
            {{ collapse_whitespace(cell) }}
            ~ '^(?:https?://)?open\.spotify\.com/(?:intl-[a-zA-Z-]+/)?(?:embed/)?(?:track|album|artist|playlist)/[0-9A-Za-z]{22}(?:[/?#]|$)'
            then string_to_array(substring({{ cell }} from '(?:track|album|artist|playlist)/.{22}'), '/')
    end
{%- endmacro %}


{#-
    {artist id, track id} of a song page on Spotify for Artists; null for every other text. Only https and the site's
    own host count: of an address in a file only the ids are trusted.
-#}
{% macro sfa_ids(cell) -%}
    case
        when
            {{ collapse_whitespace(cell) }}
            ~ '^https://artists\.spotify\.com/c/(?:[a-z]{2}(?:-[a-zA-Z]{2,4})?/)?artist/[0-9A-Za-z]{22}/song/[0-9A-Za-z]{22}(?:[/?#]|$)'
            then regexp_match({{ cell }}, 'artist/(.{22})/song/(.{22})')
    end
{%- endmacro %}


{#- The address of a song page on Spotify for Artists in the form that the ledger stores, built from its ids. -#}
{% macro sfa_url(artist_id, track_id) -%}
    'https://artists.spotify.com/c/artist/' || {{ artist_id }} || '/song/' || {{ track_id }} || '/stats'
{%- endmacro %}
