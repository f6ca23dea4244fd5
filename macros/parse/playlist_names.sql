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
    {{ playlist_id_of_keys(text_key(name), curator) }}
{%- endmacro %}


{#- The same, where the name's key is known already. -#}
{% macro playlist_id_of_keys(name_key, curator) -%}
    md5({{ name_key }} || chr(10) || coalesce({{ text_key(curator) }}, ''))::uuid
{%- endmacro %}
