{#-
    The day that a cell of an export names; null if it names none, or may name two and the order is not known.

    `order` is how the file's column writes numbers: `month_day` or `day_month`, `day_numbers` for Excel's numbers of
    days, null where nobody knows. It matters only where a cell fits both. `dot_order` is the same for dots.
-#}
{% macro parse_date(cell, order, dot_order) -%}
    case
        when {{ cell }} ~ '^[0-9]{1,2}/[0-9]{1,2}/20[0-4][0-9]$'
            then {{ numeric_day(
                "right(" ~ cell ~ ", 4)::integer",
                "split_part(" ~ cell ~ ", '/', 1)::integer",
                "split_part(" ~ cell ~ ", '/', 2)::integer",
                order,
            ) }}
        when {{ cell }} is not null then {{ read_moment(cell, order, dot_order) }}::date
    end
{%- endmacro %}


{#- The day of a year and two numbers: one over 12 is the day, else `order` says which of them the month is. -#}
{% macro numeric_day(year, first, second, order) -%}
    (
        select {{ day_of_calendar("months.year", "months.month", "months.first + months.second - months.month") }}
        from (
            select
                *,
                case
                    when numbers.first > 12 then numbers.second
                    when numbers.second > 12 or numbers.first = numbers.second or numbers.month_order = 'month_day'
                        then numbers.first
                    when numbers.month_order = 'day_month' then numbers.second
                end as month
            from (
                select {{ year }} as year, {{ first }} as first, {{ second }} as second, {{ order }} as month_order
            ) as numbers
        ) as months
    )
{%- endmacro %}


{#- The date of a year, month and day, whole numbers; null if there is no such month, or it has no such day. -#}
{% macro day_of_calendar(year, month, day) -%}
    case
        when {{ month }} between 1 and 12
            then case
                when {{ day }} between 1 and extract(
                    day from make_date({{ year }}, {{ month }}, 1) + interval '1 month' - interval '1 day'
                )
                    then make_date({{ year }}, {{ month }}, {{ day }})
            end
    end
{%- endmacro %}
