{%- macro month_names() -%}
    (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?
{%- endmacro -%}

{%- macro week_days() -%} (?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )? {%- endmacro -%}

{#- A clock at the end of a cell: `4:42pm`, `16:42:05`, with a zone or a fraction of a second behind it. -#}
{%- macro clock() -%}
    (?:,? (?:at )?|t)((?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?|(?:0?[1-9]|1[0-2])(?::[0-5][0-9](?::[0-5][0-9])?)? ?[ap]\.?m\.?)(?: ?(?:z|e[sd]?t|[cmp][sd]t|(?:utc|gmt)?[+-][0-9]{2}:?(?:[0-9]{2})?|utc|gmt)(?: \([a-z ]+\))?)?$
{%- endmacro -%}


{#-
    A day in any form that people type, with the time of day if the cell has one, else midnight. The clock is kept as
    written: a zone is not counted in. See `parse_date` for the arguments; years are those from 2000 to 2049.
-#}
{% macro read_moment(cell, order, dot_order) -%}
    {%- set year = "((?:20)?[0-4][0-9])" -%}
    (
        select
            case
                when typed.line ~ '^[0-9]{5}([.][0-9]{1,15})?$'
                    then {{ day_of_number("typed.line::numeric", order) }}
                else
                    coalesce(
                        {{ numeric_day(
                            "2000 + right(forms.numbers[4], 2)::integer", "forms.numbers[1]::integer",
                            "forms.numbers[3]::integer",
                            "case forms.numbers[2] when '.' then " ~ dot_order ~ " else " ~ order ~ " end",
                        ) }},
                        {{ day_of_calendar(
                            "forms.year_first[1]::integer",
                            "coalesce(forms.year_first[3], forms.year_first[5])::integer",
                            "coalesce(forms.year_first[4], forms.year_first[6])::integer",
                        ) }},
                        {{ day_of_calendar(
                            "(2000 + right(forms.month_first[3], 2)::integer)", month_number("forms.month_first[1]"),
                            "forms.month_first[2]::integer",
                        ) }},
                        {{ day_of_calendar(
                            "(2000 + right(forms.day_first[3], 2)::integer)", month_number("forms.day_first[2]"),
                            "forms.day_first[1]::integer",
                        ) }}
                    )
                    + coalesce(
                        date_trunc('second', regexp_replace(
                            regexp_replace(parts.clock, ' ?([ap])[.]?m[.]?$', ' \1m'), '^([0-9]+) ', '\1:00 '
                        )::time::interval),
                        interval '0'
                    )
            end
        -- `limit 1`: or PostgreSQL puts each expression in every place that names it, and evaluates it there.
        from (select lower({{ collapse_whitespace(cell) }} collate "C") as line limit 1) as typed
        cross join lateral (
            select
                regexp_replace(typed.line, '{{ clock() }}', '') as day,
                substring(typed.line from '{{ clock() }}') as clock
            limit 1
        ) as parts
        cross join lateral (
            select
                regexp_match(parts.day, '^([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?{{ year }}$') as numbers,
                regexp_match(
                    parts.day, '^(20[0-4][0-9])(?:([/.-])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))$'
                ) as year_first,
                regexp_match(
                    parts.day,
                    '^{{ week_days() }}({{ month_names() }})[ -]?([0-9]{1,2})(?:st|nd|rd|th)?(?:, ?|[ -])''?{{ year }}$'
                ) as month_first,
                regexp_match(
                    parts.day,
                    '^{{ week_days() }}([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of |[ -])?({{ month_names() }})(?:, ?|[ -])?''?{{ year }}$'
                ) as day_first
            limit 1
        ) as forms
    )
{%- endmacro %}


{#- The number of a month, 1 to 12, by the first three letters of its English name. -#}
{% macro month_number(name) -%}
    (position(left({{ name }}, 3) in 'janfebmaraprmayjunjulaugsepoctnovdec') + 2) / 3
{%- endmacro %}


{#- The moment of Excel's number of days since 1899-12-30, from 2000 to 2049; null unless the column is written so. -#}
{% macro day_of_number(number, order) -%}
    case
        when {{ order }} = 'day_numbers' and {{ number }} >= 36526 and {{ number }} < 54789
            then
                timestamp '1899-12-30' + floor({{ number }})::integer * interval '1 day'
                + least(round(({{ number }} - floor({{ number }})) * 86400), 86399)::integer * interval '1 second'
    end
{%- endmacro %}
