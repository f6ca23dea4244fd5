{#- A wall clock time without a time zone, midnight if the cell has only a day. Arguments as in `parse_date`. -#}
{% macro parse_timestamp(cell, order, dot_order) -%}
    case
        when
            {{ cell }} ~ '^[0-9]{1,2}/[0-9]{1,2}/20[0-4][0-9] (0?[1-9]|1[0-2]):[0-5][0-9][ap]m$'
            then {{ numeric_day(
                "split_part(split_part(" ~ cell ~ ", ' ', 1), '/', 3)::integer",
                "split_part(" ~ cell ~ ", '/', 1)::integer",
                "split_part(" ~ cell ~ ", '/', 2)::integer",
                order,
            ) }} + split_part({{ cell }}, ' ', 2)::time
        when {{ cell }} is not null then {{ read_moment(cell, order, dot_order) }}
    end
{%- endmacro %}
