-- Fails if a campaign has no value in a column where some row of it had one, by the rule of the column, or another
-- value than its newest row; returns the column with both values, and the row.
{%- set derived = [
    "client_id", "vendor_id", "campaign_group_id", "status", "invoice", "curator_status", "salespeople",
    "client_emails", "vendor_email",
] -%}
{#- The name is a cell without such a rule; SFA URLs have a test of their own. -#}
{%- set columns = ["name"] -%}
{%- for table in live_tables() if table.name == "campaigns" -%}
{%- for column in table.columns if column_rule(table, column) == "when_empty" and column != "sfa_track_id" -%}
{%- do columns.append(column) -%}
{%- endfor -%}
{%- endfor %}

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

export_rows as (

    select
        sightings.campaign_id,
        export_rows.*
    from {{ ref('int_seen_rows') }} as sightings
    inner join {{ ref('stg_airtable__campaigns') }} as export_rows using (file_sha256, source_row)
    where sightings.content_id in (select content_id from new_contents)

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

first_clients as (

    select * from {{ ref('int_client_labels') }}
    where position = 1

),

vendor_labels as (

    select * from {{ ref('int_vendor_labels') }}

),

salespeople as (

    select * from {{ ref('int_salespeople') }}

),

emails as (

    select * from {{ ref('int_email_lists') }}

),

-- Materialized, since it is compared once per column.
seen as materialized (

    select
        export_rows.campaign_id,
        export_rows.file_sha256,
        export_rows.source_row,
        export_rows.export_rank,
        export_rows.has_weak_start_dates,
        export_rows.has_weak_change_times,
        {%- for column in columns if column not in derived %}
        export_rows.{{ column }},
        {%- endfor %}
        first_clients.client_id,
        vendor_labels.vendor_id,
        {{ campaign_group_id('first_clients.client_id', 'export_rows.start_date') }} as campaign_group_id,
        case when export_rows.status_cell is not null then coalesce(statuses.status, 'unknown') end as status,
        coalesce(invoice_states.invoice, {{ snake_case('export_rows.invoice_cell') }}) as invoice,
        coalesce(curator_states.curator_status, {{ snake_case('export_rows.curator_status_cell') }}) as curator_status,
        salespeople.salespeople,
        client_emails.emails as client_emails,
        array_to_string(vendor_emails.emails, ', ') as vendor_email
    from export_rows
    left join first_clients using (client_cell)
    left join vendor_labels using (vendor)
    left join salespeople using (salesperson)
    left join emails as client_emails on export_rows.client_email_cell = client_emails.cell
    left join emails as vendor_emails on export_rows.vendor_email_cell = vendor_emails.cell
    left join {{ ref('campaign_statuses') }} as statuses
        on {{ text_key('export_rows.status_cell') }} = {{ text_key('statuses.label') }}
    left join {{ ref('invoice_states') }} as invoice_states
        on {{ text_key('export_rows.invoice_cell') }} = {{ text_key('invoice_states.label') }}
    left join {{ ref('curator_states') }} as curator_states
        on {{ text_key('export_rows.curator_status_cell') }} = {{ text_key('curator_states.label') }}

),

newest as (

    select
        campaign_id,
        file_sha256,
        source_row
    from {{ ref('int_latest_sightings') }}

),

ordered as (

    select
        *,
        newest.campaign_id is not null as is_newest
    from seen
    left join newest using (campaign_id, file_sha256, source_row)

)

select
    ordered.campaign_id,
    cells.column_name,
    cells.given_value,
    cells.kept_value,
    ordered.file_sha256,
    ordered.source_row
from ordered
inner join campaigns using (campaign_id)
cross join
    lateral (
        values
        {%- for column in columns if column != "extra" %}
        ('{{ column }}', ordered.{{ column }}::text, campaigns.{{ column }}::text),
        {%- endfor %}
        -- Several cells in one value: the ledger may have more of them than the row.
        (
            'extra',
            ordered.extra::text,
            case when campaigns.extra @> ordered.extra then ordered.extra else campaigns.extra end::text
        )
    ) as cells (column_name, given_value, kept_value)
where
    cells.given_value is not null
    and (cells.kept_value is null or (ordered.is_newest and cells.kept_value <> cells.given_value))
    -- Where day and month cannot be told apart in a whole column, its dates take the place of no other.
    and not (cells.kept_value is not null and cells.column_name = 'start_date' and ordered.has_weak_start_dates)
    and not (cells.kept_value is not null and cells.column_name = 'campaign_group_id' and ordered.has_weak_start_dates)
    and not (cells.kept_value is not null and cells.column_name = 'last_modified_at' and ordered.has_weak_change_times)
    -- A text such as `TBA` does not take the place of a link.
    and not (
        cells.column_name in ('url', 'url_kind')
        and {{ leads_nowhere('ordered.url') }}
        and not {{ leads_nowhere('campaigns.url') }}
    )
