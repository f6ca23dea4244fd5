-- Warns if a line of `seeds/known_issues.csv` meets no issue, open or resolved: a spelling to correct, or a line to
-- delete.
{{ config(severity='warn') }}

with

decisions as (

    select
        *,
        row_number() over (order by reason, column_name, campaign, client, place, raw_value, note) as line
    from {{ ref('known_issues') }}

),

met as (

    select distinct line from {{ ref('int_known_issues') }}

)

select decisions.*
from decisions
left join met using (line)
where met.line is null
