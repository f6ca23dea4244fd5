-- Read by the foreign keys that the marts declare:
-- depends_on: {{ ref('campaign_clients') }}, {{ ref('campaign_playlists') }}, {{ ref('clients') }}
-- depends_on: {{ ref('playlists') }}, {{ ref('songs') }}, {{ ref('vendors') }}

with

checks as (

    select
        'every row of an export is a campaign' as name,
        (select sum(record_count) from {{ ref('stg_airtable__files') }}) as expected,
        (select count(*) from {{ ref('campaign_sightings') }}) as actual

    union all

    select
        'every unreadable row of an export is a rejected record',
        (select sum(rejected_count) from {{ ref('stg_airtable__files') }}),
        (select count(*) from {{ ref('stg_airtable__rejected_records') }})

    union all

    -- Counted in the loaded table, before any rule has touched a cell, and again behind the rules.
    select
        'every filled cell is in a column or reported',
        (
            select sum(contents.filled_cells) from {{ ref('stg_airtable__rows') }}
            inner join {{ ref('stg_airtable__contents') }} as contents using (content_id)
        ),
        (
            select
                sum(num_nonnulls(
                    name, client_cell, goal_cell, salesperson, remaining_cell, daily_cell, weekly_cell, url,
                    sale_price_cell, start_date_cell, status_cell, invoice_cell, vendor, is_vendor_paid_cell,
                    curator_status_cell, playlists, is_sfa_received_cell, is_notify_vendor_cell,
                    is_ask_for_sfa_cell, is_update_client_cell, client_email_cell, vendor_email_cell, notes,
                    last_modified_at_cell, sp_vendor_updates, spotify_campaign
                ))
            from {{ ref('stg_airtable__campaigns') }}
        )
        + (
            select coalesce(sum(cardinality(string_to_array(long_columns, ' '))), 0)
            from {{ ref('stg_airtable__campaigns') }}
            where long_columns is not null
        )
        - (select count(*) from {{ ref('lost_cells') }})

    union all

    select
        'every unreadable scrape or window is a rejected record',
        (select sum(rejected_count) from {{ ref('stg_spotify__files') }}),
        (select count(*) from {{ ref('stg_spotify__rejected_records') }})

    union all

    select
        'every scraped playlist row is a stream row or reported as repeated',
        (select sum(row_count) from {{ ref('int_window_contents') }}),
        (select count(*) from {{ ref('playlist_streams') }})
        + (
            select count(*)
            from {{ ref('int_issue_sightings') }} as sightings
            inner join
                (
                    select issue_id from {{ ref('data_issues') }}
                    union distinct
                    select issue_id from {{ ref('resolved_issues') }}
                ) as issues
                using (issue_id)
            where sightings.reason = 'repeated_playlist'
        )

    union all

    select
        'every campaign with a client and a start date is in an order',
        (
            select count(*) from {{ ref('campaigns') }}
            where client_id is not null and start_date is not null
        ),
        (select sum(campaign_count) from {{ ref('campaign_groups') }})
    {%- for key in foreign_keys() %}

    union all

    select
        'no {{ key.table.name }}.{{ key.column }} without its {{ key.parent.name }}',
        0,
        (
            select count(*)
            from {{ relation_of(key.table) }} as child
            left join {{ relation_of(key.parent) }} as parent on child.{{ key.column }} = parent.{{ key.parent_column }}
            where child.{{ key.column }} is not null and parent.{{ key.parent_column }} is null
        )
    {%- endfor %}

)

select
    name,
    coalesce(expected, 0)::bigint as expected,
    coalesce(actual, 0)::bigint as actual,
    case when coalesce(expected, 0) = coalesce(actual, 0) then 'ok' else 'failed' end as status,
    now() as created_at,
    now() as updated_at
from checks
