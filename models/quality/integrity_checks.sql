{%- set children = [
    ("campaign_clients", "campaign_id", "campaigns", "campaign_id"),
    ("campaign_clients", "client_id", "clients", "client_id"),
    ("campaign_groups", "client_id", "clients", "client_id"),
    ("campaign_playlists", "campaign_id", "campaigns", "campaign_id"),
    ("campaign_playlists", "playlist_id", "playlists", "playlist_id"),
    ("campaigns", "campaign_group_id", "campaign_groups", "campaign_group_id"),
    ("campaigns", "client_id", "clients", "client_id"),
    ("campaigns", "sfa_track_id", "songs", "track_id"),
    ("campaigns", "track_id", "songs", "track_id"),
    ("campaigns", "vendor_id", "vendors", "vendor_id"),
    ("playlist_streams", "playlist_id", "playlists", "playlist_id"),
    ("playlist_streams", "track_id", "songs", "track_id"),
    ("playlists", "vendor_id", "vendors", "vendor_id"),
] -%}

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

    select
        'every filled cell is in a column or reported',
        (select sum(filled_cells) from {{ ref('int_filled_cells') }}),
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
        - (select count(*) from {{ ref('lost_cells') }})

    union all

    select
        'every unreadable scrape or window is a rejected record',
        (select sum(rejected_count) from {{ ref('stg_spotify__files') }}),
        (select count(*) from {{ ref('stg_spotify__rejected_records') }})

    union all

    select
        'every scraped playlist row is a stream row or reported as repeated',
        (select count(*) from {{ ref('stg_spotify__playlist_rows') }}),
        (select count(*) from {{ ref('playlist_streams') }})
        + (
            select count(*) from {{ ref('data_issues') }}
            where reason = 'repeated_playlist'
        )

    union all

    select
        'every campaign with a client and a start date is in an order',
        (
            select count(*) from {{ ref('campaigns') }}
            where client_id is not null and start_date is not null
        ),
        (select sum(campaign_count) from {{ ref('campaign_groups') }})
    {%- for child, column, parent, key in children %}

    union all

    select
        'no {{ child }}.{{ column }} without its {{ parent }}',
        0,
        (
            select count(*) from {{ ref(child) }} as child
            where
                child.{{ column }} is not null
                and not exists (
                    select 1 from {{ ref(parent) }} as parent
                    where parent.{{ key }} = child.{{ column }}
                )
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
