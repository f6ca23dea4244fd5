{#-
    Streams as a page shows them: `1234`, `1,234`, `1.234`, `1 234`, `1'234`, also with decimals of zero. Streams are
    whole, so that the one kind of separator groups thousands. Anything else, such as `1.2K`, is null and reported.
-#}
{% macro parse_shown_count(cell) -%}
    case
        when {{ cell }} ~ '^[0-9]{1,3}(,[0-9]{3}){0,4}$' then replace({{ cell }}, ',', '')::bigint
        when {{ collapse_whitespace(cell) }} ~ '^([0-9]{1,15}([.]0{1,2})?|[0-9]{1,3}(,[0-9]{3}){1,4}([.]0{1,2})?|[0-9]{1,3}([.][0-9]{3}){1,4}(,0{1,2})?|[0-9]{1,3}( [0-9]{3}){1,4}([.,]0{1,2})?|[0-9]{1,3}([''’٬][0-9]{3}){1,4}([.]0{1,2})?|[0-9]{1,2}(,[0-9]{2}){1,5},[0-9]{3})$'
            then regexp_replace(regexp_replace({{ collapse_whitespace(cell) }}, '[.,]0{1,2}$', ''), '[^0-9]', '', 'g')::bigint
    end
{%- endmacro %}


{#- The rank of a playlist: `5`, `#5`, `5.`, `5)`, `5th`. Anything else is null, and reported unless it is a dash. -#}
{% macro parse_shown_rank(cell) -%}
    case
        when {{ cell }} ~ '^[0-9]{1,9}$' then {{ cell }}::bigint
        when {{ collapse_whitespace(cell) }} ~ '^(#|No[.]?|№)? ?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})([.)]|[.]0|st|nd|rd|th)?$'
            then regexp_replace(regexp_replace({{ collapse_whitespace(cell) }}, '[.]0$', ''), '[^0-9]', '', 'g')::bigint
    end
{%- endmacro %}


{#- Whether a text of the page stands for nothing: a dash, `N/A`, `Not available`, also in other languages. -#}
{% macro is_nothing(cell) -%}
    coalesce({{ fold_case(collapse_whitespace(cell)) }}, '-') ~ '^([-‐‑‒–—―−]+|n/?a|none|null|nan|not available|unavailable|nicht verfügbar|non disponible|no disponible|non disponibile|não disponível|indisponível|niet beschikbaar)$'
{%- endmacro %}


{#- Lower case for the letters of `month_of_word`, the same in every locale. -#}
{% macro fold_case(text) -%}
    translate(lower({{ text }} collate "C"), 'ÄÖÜÉÈÊÛÁÍÓÚÃÇ', 'äöüéèêûáíóúãç')
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


{#- The length of a window in days, by its short name. -#}
{% macro window_days(time_window) -%}
    case {{ time_window }} when '7d' then 7 when '28d' then 28 when '12m' then 365 end
{%- endmacro %}
