"""The account's queries on the ledger; `{ledger}` and `{quality}` are its schemas.

Those of `LEDGER` give one row, its columns named as in `FIGURES`.
"""

CAMPAIGNS = """
    select
        count(*) as campaigns,
        count(*) filter (where status is null) as status_none,
        count(url) as with_url,
        count(track_id) as with_track,
        count(distinct track_id) as tracks,
        count(sfa_url) as with_sfa_url,
        count(*) filter (where sfa_source = 'typed') as typed_sfa_urls,
        count(*) filter (where sfa_source = 'review') as reviewed_sfa_urls,
        count(vendor_id) as with_vendor,
        count(distinct vendor_id) as vendors,
        coalesce(sum(goal), 0)::bigint as goal,
        coalesce(sum(remaining), 0)::bigint as remaining,
        coalesce(sum(daily), 0)::bigint as daily,
        coalesce(sum(weekly), 0)::bigint as weekly,
        count(*) filter (where is_vendor_paid) as paid_vendor_ticked,
        count(*) filter (where is_sfa_received) as sfa_ticked,
        count(*) filter (where is_notify_vendor) as notify_vendor_ticked,
        count(*) filter (where is_ask_for_sfa) as ask_for_sfa_ticked,
        count(*) filter (where is_update_client) as update_client_ticked,
        coalesce(sum(sale_price), 0) as sale_price,
        count(start_date) as start_dates,
        count(last_modified_at) as last_modified
    from {ledger}.campaigns
"""

STATUS = "select status, count(*) from {ledger}.campaigns where status is not null group by status"

PEOPLE = """
    select
        count(*) as campaign_clients,
        count(distinct client_id) as clients,
        (select count(*) from {ledger}.campaigns) - count(distinct campaign_id) as without_client,
        (select count(*) from {ledger}.clients) - count(distinct client_id) as clients_unused,
        (select count(*) from {ledger}.vendors)
        - (select count(distinct vendor_id) from {ledger}.campaigns) as vendors_unused,
        (
            select count(distinct {ledger}.text_key(person.name))
            from {ledger}.campaigns cross join unnest(salespeople) as person (name)
        ) as salespeople
    from {ledger}.campaign_clients
"""

STREAMS = """
    select
        count(*) as stream_rows,
        (
            select count(*)
            from (select distinct playlist_id from {ledger}.playlist_streams) as seen
        ) as observed_playlists,
        coalesce(sum(streams), 0)::bigint as streams,
        count(date_added) as dated_rows,
        (select count(*) from {ledger}.songs where last_scraped_at is not null) as songs_scraped,
        (select count(*) from {ledger}.playlists) as playlists
    from {ledger}.playlist_streams
"""

# Joins, since PostgreSQL looks through a long list in a condition once for each row.
PLAYLISTS = """
    with streamed as (
        select track_id
        from {ledger}.songs as songs
        where exists (
            select from {ledger}.playlist_streams as streams where streams.track_id = songs.track_id
        )
    ),

    observed as (
        select distinct campaign_id from {ledger}.campaign_playlists where is_observed
    ),

    work as (
        select
            count(observed.campaign_id) as with_playlist_data,
            count(*) filter (where status = 'active' and observed.campaign_id is null)
                as active_without_playlist_data,
            count(*) filter (where linked.track_id is not null or promoted.track_id is not null)
                as with_streams
        from {ledger}.campaigns as campaigns
        left join observed on campaigns.campaign_id = observed.campaign_id
        left join streamed as linked on campaigns.track_id = linked.track_id
        left join streamed as promoted on campaigns.sfa_track_id = promoted.track_id
    ),

    -- Seen neither under its own name nor under an alias that a campaign has it by.
    claimed as (
        select count(*) as claimed_playlists
        from (
            select playlist_id from {ledger}.campaign_playlists
            group by playlist_id
            having not bool_or(is_observed)
            except
            select playlist_id from {ledger}.playlist_streams
        ) as unseen
    ),

    placements as (
        select count(*) as playlist_records from {ledger}.campaign_playlists
    )

    select * from placements cross join work cross join claimed
"""

LEDGER = (CAMPAIGNS, PEOPLE, STREAMS, PLAYLISTS)

ISSUES = """
    select severity, reason, count(*), max(suggestion)
    from {quality}.data_issues
    where is_known is not true
    group by severity, reason
    order by array_position(array['error', 'warning', 'info'], severity), count(*) desc, reason
"""

# Unlike ISSUES, with those that a person knows of: the ledger keeps their values, too.
EMPTIED = """
    select column_name, count(*) from {quality}.data_issues
    where reason = 'cell_emptied'
    group by column_name
    order by count(*) desc, column_name
"""

REJECTED = """
    select reason, count(*) from {quality}.rejected_records
    group by reason
    order by count(*) desc, reason
"""

INTEGRITY_CHECKS = """
    select name, expected, actual, status from {quality}.integrity_checks
    order by name
"""
