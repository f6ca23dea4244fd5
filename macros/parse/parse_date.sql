{#- A date as month/day/year: `12/7/2025`. Anything else, such as `2/30/2025`, is null and reported as an issue. -#}
{% macro parse_date(cell) -%}
    case
        when {{ collapse_whitespace(cell) }} ~ '^(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])/(19|20)[0-9]{2}$'
            then {{ day_of_calendar(
                "split_part(" ~ collapse_whitespace(cell) ~ ", '/', 3)::integer",
                "split_part(" ~ collapse_whitespace(cell) ~ ", '/', 1)::integer",
                "split_part(" ~ collapse_whitespace(cell) ~ ", '/', 2)::integer",
            ) }}
    end
{%- endmacro %}


{#- The date of a year, month (1-12) and day (1-31); null if the month has no such day. -#}
{% macro day_of_calendar(year, month, day) -%}
    case
        when {{ day }} <= extract(
            day from make_date({{ year }}, {{ month }}, 1) + interval '1 month' - interval '1 day'
        )
            then make_date({{ year }}, {{ month }}, {{ day }})
    end
{%- endmacro %}
