{#-
    Whether a line of a Playlists cell claims a playlist: it starts with a dash or a quote, or holds a playlist link.
-#}
{% macro is_claim(line) -%}
    {{ collapse_whitespace(line) }} ~ '^["''“•–-]|open\.spotify\.com/(intl-[a-zA-Z-]+/)?playlist/'
{%- endmacro %}


{#- The lines of a Playlists cell, for a `from` clause: (line, position). -#}
{% macro split_lines(cell) -%}
    lateral regexp_split_to_table({{ cell }}, '[\r\n\u000b\u2028\u2029]+') with ordinality
{%- endmacro %}


{#- The playlist name in a line of a Playlists cell: without its dash, a leading quote, a link and the mark [NEW]. -#}
{% macro claimed_name(line) -%}
    {{ collapse_whitespace(
        "regexp_replace(regexp_replace(regexp_replace(" ~ collapse_whitespace(line)
        ~ ", 'https?://[^ ]+', '', 'g'), ' *\\[new\\] *$', '', 'i'), '^ *[''\"]? *[-•–]', '')"
    ) }}
{%- endmacro %}


{#-
    A playlist's name as the page shows it. The first scraper appended the badge `Personalized` to the names of
    Spotify's own playlists; files with a schema version (`is_name_clean`) hold the name alone, whatever it ends in.
-#}
{% macro scraped_playlist_name(name, made_by, is_name_clean) -%}
    case
        when not {{ is_name_clean }} and {{ curator(made_by) }} = 'Spotify'
            then regexp_replace({{ collapse_whitespace(name) }}, '([^ ])Personalized$', '\1')
        else {{ collapse_whitespace(name) }}
    end
{%- endmacro %}


{#- The curator of a playlist as the page shows it; null for the dash or `N/A` that stands for none. -#}
{% macro curator(made_by) -%}
    case
        when {{ made_by }} <> '—' and {{ fold_case(collapse_whitespace(made_by)) }} !~ '^([-‐‑‒–—―−]+|n/a|not available)$'
            then {{ collapse_whitespace(made_by) }}
    end
{%- endmacro %}


{#- The id of a playlist, made from the keys of its name and curator. -#}
{% macro playlist_id(name, curator) -%}
    md5({{ text_key(name) }} || chr(10) || coalesce({{ text_key(curator) }}, ''))::uuid
{%- endmacro %}
