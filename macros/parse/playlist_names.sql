{#- Whether a line of a Playlists cell claims a playlist: it begins with a dash or a quote, or holds a playlist's link. -#}
{% macro is_claim(line) -%}
    {{ clean_text(line) }} ~ '^["''“•–-]|open\.spotify\.com/(intl-[a-zA-Z-]+/)?playlist/'
{%- endmacro %}


{#- The lines of a Playlists cell. Used in `from`: gives (line, position). -#}
{% macro split_lines(cell) -%}
    lateral regexp_split_to_table({{ cell }}, '[\r\n\u000b\u2028\u2029]+') with ordinality
{%- endmacro %}


{#- The name that a line of a Playlists cell claims: without its dash, a leading quote, a link and the mark [NEW]. -#}
{% macro claimed_name(line) -%}
    {{ clean_text(
        "regexp_replace(regexp_replace(regexp_replace(" ~ clean_text(line)
        ~ ", 'https?://[^ ]+', '', 'g'), ' *\\[new\\] *$', '', 'i'), '^ *[''\"]? *[-•–]', '')"
    ) }}
{%- endmacro %}


{#-
    A playlist's name as the page shows it. The first scraper glued the badge `Personalized` of Spotify's own
    playlists to the name; files with a schema version hold the name alone, whatever it ends in.
-#}
{% macro scraped_playlist_name(name, made_by, is_name_alone) -%}
    case
        when not {{ is_name_alone }} and {{ curator(made_by) }} = 'Spotify'
            then regexp_replace({{ clean_text(name) }}, '([^ ])Personalized$', '\1')
        else {{ clean_text(name) }}
    end
{%- endmacro %}


{#- Who made a playlist, as a page says it: a dash stands for nobody that the page names. -#}
{% macro curator(made_by) -%}
    nullif({{ clean_text(made_by) }}, '—')
{%- endmacro %}


{#- The id of a playlist: its name and curator, by their keys. -#}
{% macro playlist_id(name, curator) -%}
    md5({{ text_key(name) }} || chr(10) || coalesce({{ text_key(curator) }}, ''))::uuid
{%- endmacro %}
