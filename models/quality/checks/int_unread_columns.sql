{#- Columns in which people and spreadsheets write a value in many ways: numbers, amounts and boxes. -#}
{%- set columns = [
    "goal", "remaining", "daily", "weekly", "sale_price", "is_vendor_paid", "is_sfa_received", "is_notify_vendor",
    "is_ask_for_sfa", "is_update_client",
] -%}

{{ config(
    materialized='read_once', files='stg_airtable__files',
    indexes=[{'columns': ['file_sha256']}],
) }}

with

files as (

    select file_sha256 from {{ ref('stg_airtable__files') }}
    where {{ is_unread('stg_airtable__files') }}

),

campaigns as (

    select * from {{ ref('stg_airtable__campaigns') }}
    where file_sha256 = any(array(select file_sha256 from files))

),

counted as (

    select
        {%- for column in columns %}
        count({{ column }}_cell) as {{ column }}_cells,
        count(*) filter (where {{ column }}_cell is not null and {{ column }} is not null) as {{ column }}_read,
        min({{ column }}_cell) filter (where {{ column }} is null) as {{ column }}_first,
        max({{ column }}_cell) filter (where {{ column }} is null) as {{ column }}_last,
        {%- endfor %}
        file_sha256
    from campaigns
    group by file_sha256

)

-- One or two odd cells can be all that a column of a short list has: they are told cell by cell.
select
    counted.file_sha256,
    columns.column_name,
    columns.cells,
    concat_ws(', ', columns.first_text, nullif(columns.last_text, columns.first_text)) as examples
from counted
cross join
    lateral (
        values
        {%- for column in columns %}
        ('{{ column }}', {{ column }}_cells, {{ column }}_read, {{ column }}_first, {{ column }}_last)
        {{- "," if not loop.last }}
        {%- endfor %}
    ) as columns (column_name, cells, read_cells, first_text, last_text)
where columns.cells >= 3 and columns.read_cells = 0
