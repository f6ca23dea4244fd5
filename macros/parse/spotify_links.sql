{#- What a campaign's URL links to: `track`, `album`, `artist`, `playlist`, `other` or `none`. -#}
{% macro url_kind(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} is null then 'none'
        else coalesce(({{ spotify_link(cell) }})[1], 'other')
    end
{%- endmacro %}


{#- The track id of the first link to a Spotify track in a cell; null without one. -#}
{% macro track_id_of_url(cell) -%}
    case when ({{ spotify_link(cell) }})[1] = 'track' then ({{ spotify_link(cell) }})[2] end
{%- endmacro %}


{#-
    {kind, id} of the first Spotify track that a cell links to, else of its first album, artist or playlist; null
    without one. A plain link is tested first: it is most cells, and the other ways to write one take much longer.
-#}
{% macro spotify_link(cell) -%}
    case
        when
            {{ cell }}
            ~ '^https?://open\.spotify\.com/(?:intl-[a-z]+/)?(?:track|album|artist|playlist)/[0-9A-Za-z]{22}(?:\?si=[0-9A-Za-z]*)?$'
            then string_to_array(substring({{ cell }} from '(?:track|album|artist|playlist)/.{22}'), '/')
        else
            coalesce(
                {%- for kinds in ["track", "album|artist|playlist"] %}
                regexp_match(
                    {{ plain_links(typed_link(cell)) }},
                    ' open\.spotify\.com/({{ kinds }})[:/]+([0-9A-Za-z]{22})(?=[^0-9A-Za-z]|[hH][tT][tT][pP][sS]?:/|$)'
                ){{ "," if not loop.last }}
                {%- endfor %}
            )
    end
{%- endmacro %}


{#-
    {artist id, track id} of the first song page on Spotify for Artists in a cell; null without one. Only the site's own
    host counts, and of an address in a file only the ids are trusted.
-#}
{% macro sfa_ids(cell) -%}
    case
        when length({{ cell }}) >= 79
            then
                regexp_match(
                    ({{ typed_link(cell) }}) collate "C",
                    '{{ link_start() }}artists\.spotify\.com/+c/+(?:[a-z]{2}(?:-[a-z]{2,4})?/+)?artist/+([0-9a-z]{22})/+song/+([0-9a-z]{22})(?![0-9a-z])',
                    'i'
                ) collate "default"
    end
{%- endmacro %}


{#- The address of a song page on Spotify for Artists in the form that the ledger stores, built from its ids. -#}
{% macro sfa_url(artist_id, track_id) -%}
    'https://artists.spotify.com/c/artist/' || {{ artist_id }} || '/song/' || {{ track_id }} || '/stats'
{%- endmacro %}


{#- A cell that holds a link, on one line: without characters that cannot be seen, `%2F`, and blanks behind a slash. -#}
{% macro typed_link(cell) -%}
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        {{ collapse_whitespace(cell) }},
        '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+', '', 'g'),
        '%2[fF]', '/', 'g'),
        '%3[aA]', ':', 'g'),
        '/ +(?![hH][tT][tT][pP])', '/', 'g')
{%- endmacro %}


{#-
    A text in which every address and `spotify:` address of Spotify begins with ` open.spotify.com/`, followed by its
    kind, however it was typed. What stands inside the address of another site is left alone.
-#}
{% macro plain_links(text) -%}
    (regexp_replace(
        ({{ text }}) collate "C",
        '(?:{{ link_start() }}(?:(?:open|play|embed)\.)?spotify\.com/+'
        || '(?:(?:intl-[a-z-]+|[a-z]{2}(?:-[a-z]{2})?|embed(?:-podcast)?|user/[^/ ]+)/+)*'
        || '|(?<![0-9a-z])spotify:/*(?:user[:/][^:/ ]+[:/])?(?=(?:track|album|artist|playlist)[:/]))',
        ' open.spotify.com/', 'gi'
    ) collate "default")
{%- endmacro %}


{#-
    A regular expression for what comes before the host of an address: `https://`, at times with a letter lost, or
    nothing. Not inside the address of another site.
-#}
{% macro link_start() -%}
    (?:(?<![/?=&%@#\\])https?:/+|(?<![0-9a-z@/?=&%._#\\+~-])(?:(?<!:)(?:h?t{1,3}ps?:?)?/+)?)(?:www\.)?
{%- endmacro %}
