-- Fails if a campaign as of the newest export is not what the ledger takes from the exports. The history also has cells
-- that say nothing, which the ledger does not take.
{%- set meaningful_columns = [
    "client_cell", "client_email_cell", "vendor_email_cell", "invoice_cell", "curator_status_cell", "vendor", "url",
] %}

{{ config(meta={'checks_files_of': 'int_seen_contents'}) }}
-- depends_on: {{ ref('int_seen_contents') }}

with

files as materialized (

    select * from {{ ref('stg_airtable__files') }}
    where {{ is_unchecked('stg_airtable__files', 'int_seen_contents') }}

),

-- Contents that came with these files: where a campaign's cells stayed as they were, so did its values.
new_contents as materialized (

    select content_id from {{ ref('stg_airtable__contents') }}
    where first_file_sha256 in (select file_sha256 from files)

),

touched as materialized (

    select distinct campaign_id from {{ ref('int_seen_contents') }}
    where content_id in (select content_id from new_contents)

),

newest_export as (

    select max(export_rank) as export_rank from {{ ref('stg_airtable__files') }}
    where record_count > 0

),

newest as (

    select * from {{ ref('campaign_versions') }}
    where
        campaign_id = any(array(select campaign_id from touched))
        and export_rank = (select export_rank from newest_export)

),

campaigns as (

    select * from {{ ref('int_campaigns') }}
    where campaign_id in (select campaign_id from touched)

),

meaningful_cells as (

    select distinct
        column_name,
        cell
    from {{ ref('int_meaningful_cells') }}

)

select
    campaigns.campaign_id,
    cells.column_name,
    cells.in_history,
    cells.in_ledger
from campaigns
left join newest using (campaign_id)
cross join
    lateral (
        values
        {%- for column, cell, type in campaign_columns() %}
        (
            '{{ column }}',
            newest.{{ column }}::text,
            campaigns.{{ cell }}::text,
            {{ "'" ~ cell ~ "'" if cell in meaningful_columns else "null" }}
        ){{ "," if not loop.last }}
        {%- endfor %}
    ) as cells (column_name, in_history, in_ledger, meaningful_column)
left join meaningful_cells
    on cells.meaningful_column = meaningful_cells.column_name and cells.in_history = meaningful_cells.cell
where
    cells.in_history is distinct from cells.in_ledger
    and (cells.meaningful_column is null or cells.in_history is null or meaningful_cells.cell is not null)
