{#-
    Decides for the date columns of one export whether the month or the day comes first, and stores that with its
    reason and the counts behind it. The cells that fit one order only decide; where there are none, the dates of known
    campaigns that other columns tell; else month/day. Section 3.16 of docs/contract.md.

    Arguments: the export's `file_sha256`; `is_matched`, whether its rows have been matched already. Then the start
    dates that later exports are matched by are read anew.
-#}
{% macro decide_date_orders(file_sha256, is_matched) -%}
    {%- for column in ["start_date", "last_modified"] %}
    insert into {{ ref('date_orders') }}
    (
        file_sha256, column_name, date_order, dot_order, reason, typed_order, cells, month_day_cells, day_month_cells,
        either_cells, day_numbers, known_month_day, known_day_month, created_at, updated_at
    )
    with

    {{ date_cells(file_sha256, column) }},

    {{ known_dates(file_sha256, "last_modified_at" if column == "last_modified" else column, is_matched) }},

    counted as (

        select
            count(*) as cells,
            count(*) filter (where fitting_order = 'month_day' and not has_dots) as month_day_cells,
            count(*) filter (where fitting_order = 'day_month' and not has_dots) as day_month_cells,
            count(*) filter (where is_either) as either_cells,
            count(*) filter (where day_number is not null) as day_numbers,
            count(*) filter (where fitting_order = 'month_day' and has_dots) as month_dots,
            count(*) filter (where fitting_order = 'day_month' and has_dots) as day_dots
        from date_cells

    ),

    compared as (

        select
            count(*) filter (where known_date = month_first) as known_month_day,
            count(*) filter (where known_date = day_first) as known_day_month
        from known_dates

    ),

    judged as (

        select
            *,
            {{ date_order_reason() }} as reason
        from counted
        cross join compared
        cross join (
            select typed_date_order as typed_order from {{ ref('stg_airtable__files') }}
            where file_sha256 = '{{ file_sha256 }}'
        ) as typed

    )

    select
        '{{ file_sha256 }}',
        '{{ column }}',
        case reason
            when 'day_numbers' then 'day_numbers'
            when 'person' then typed_order
            when 'cells' then case when month_day_cells > 0 then 'month_day' else 'day_month' end
            when 'known_dates'
                then case when known_month_day > known_day_month then 'month_day' else 'day_month' end
            when 'assumed' then 'month_day'
            when 'one_way' then 'month_day'
        end,
        case
            when reason = 'person' then typed_order
            when month_dots = 0 then 'day_month'
            when day_dots = 0 then 'month_day'
        end,
        reason,
        typed_order,
        cells,
        month_day_cells,
        day_month_cells,
        either_cells,
        day_numbers,
        known_month_day,
        known_day_month,
        clock_timestamp(),
        clock_timestamp()
    from judged;
    {% endfor %}
    {%- if is_matched %}
    update {{ this }} as sightings
    set
        start_date = coalesce(keys.start_date, sightings.start_date),
        last_modified_at = coalesce(keys.last_modified_at, sightings.last_modified_at),
        updated_at = clock_timestamp()
    from {{ ref('stg_airtable__match_keys') }} as keys
    where
        keys.file_sha256 = '{{ file_sha256 }}' and sightings.file_sha256 = '{{ file_sha256 }}'
        and sightings.source_row = keys.source_row
        and (sightings.start_date, sightings.last_modified_at) is distinct from (
            coalesce(keys.start_date, sightings.start_date),
            coalesce(keys.last_modified_at, sightings.last_modified_at)
        );
    {%- endif %}
{%- endmacro %}
