{#- A live table beside the ledger's others: a decision is made once, and what was read by it is published with it. -#}
{{ config(
    materialized='incremental', incremental_strategy='upsert', on_schema_change='append_new_columns',
    full_refresh=false, contract={'enforced': true}, schema=none, access='protected',
) }}

-- No rows: `campaign_sightings` writes them export by export, since the dates that are known before an export help to
-- decide about it.
select
    null::text as file_sha256,
    null::text as column_name,
    null::text as date_order,
    null::text as dot_order,
    null::text as reason,
    null::text as typed_order,
    null::bigint as cells,
    null::bigint as month_day_cells,
    null::bigint as day_month_cells,
    null::bigint as either_cells,
    null::bigint as day_numbers,
    null::bigint as known_month_day,
    null::bigint as known_day_month,
    now() as created_at,
    now() as updated_at
where false
