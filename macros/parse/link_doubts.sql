{#- Why a person should look at a filled URL cell, a reason of `seeds/issue_reasons.csv`; null for most cells. -#}
{% macro link_doubt(cell) -%}
    case
        when {{ spotify_link(cell) }} is not null then case when {{ has_second_link(cell) }} then 'second_link' end
        when {{ sfa_ids(cell) }} is not null then 'sfa_url_as_link'
        when {{ is_short_link(cell) }} then 'short_link'
        when {{ names_spotify(cell) }} then 'link_unread'
        when not {{ is_link(cell) }} then 'not_a_link'
        when {{ has_second_link(cell) }} then 'second_link'
    end
{%- endmacro %}


{#- Whether a cell names Spotify or a track, so that a person expects a link to be read from it. -#}
{% macro names_spotify(cell) -%}
    ({{ typed_link(cell) }}) collate "C" ~* '(?:^|[^/])(?://[^/ ]*)?spotif[^/ ]*[./:][^ ]|/track/[0-9a-z]{15}'
{%- endmacro %}


{#- Whether a cell holds a short link of Spotify's: only a browser can tell where it leads. -#}
{% macro is_short_link(cell) -%}
    ({{ typed_link(cell) }}) collate "C" ~* '(?:spotify\.link|spoti\.fi|spotify\.app\.link|link\.tospotify\.com)/'
{%- endmacro %}


{#- Whether a cell holds links to two places. An address inside another one, as in a query, is none of its own. -#}
{% macro has_second_link(cell) -%}
    case
        when length({{ cell }}) < 15 or {{ cell }} ~ '^https?://[0-9A-Za-z/.?=&_#~@+-]*$' then false
        else
            (
                select count(distinct rtrim(translate(links.link[1], ':', '/'), './')) > 1
                from
                    regexp_matches(
                        {{ plain_links(typed_link(cell)) }} collate "C",
                        '(?<![=/])((?: open\.spotify\.com/|https?:/+)[^ ()\[\]<>"'',;|?#*]+)', 'gi'
                    ) as links (link)
            )
    end
{%- endmacro %}
