{#- A date as Spotify for Artists shows it: `May 13, 2025`. Anything else, such as `Not available`, is null. -#}
{% macro parse_shown_date(cell) -%}
    case
        when {{ cell }} ~ '^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (0?[1-9]|[12][0-9]|3[01]), (19|20)[0-9]{2}$'
            then {{ day_of_calendar(
                "right(" ~ cell ~ ", 4)::integer",
                "(strpos('JanFebMarAprMayJunJulAugSepOctNovDec', left(" ~ cell ~ ", 3)) + 2) / 3",
                "btrim(substr(" ~ cell ~ ", 5, 2), ', ')::integer",
            ) }}
    end
{%- endmacro %}


{#- The ISO 8601 time of a scrape by the scraper's clock; a time zone is ignored. Anything else is null. -#}
{% macro parse_scraped_at(cell) -%}
    case
        when {{ cell }} ~ '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$'
            then {{ day_of_calendar(
                "left(" ~ cell ~ ", 4)::integer",
                "substr(" ~ cell ~ ", 6, 2)::integer",
                "substr(" ~ cell ~ ", 9, 2)::integer",
            ) }} + substring({{ cell }} from 'T([0-9:.]+)')::time
    end
{%- endmacro %}


{#- The short name of a scraped window: `7d`, `28d` or `12m`. -#}
{% macro time_window(window_name) -%}
    case {{ window_name }} when '7day' then '7d' when '28day' then '28d' when '12months' then '12m' end
{%- endmacro %}
