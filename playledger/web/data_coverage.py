"""How fresh the ledger is, and how many campaigns have an SFA URL, streams and a recent scrape.

ledger ──► read_freshness(), read_coverage() ──► Freshness, counts by status
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from playledger.web.ledger_reader import Reader, Row

# A filtered view or an older export does not count: the other campaigns are as old as before.
EXPORT = """
    select file_name, loaded_at, now() - loaded_at as age
    from {ledger}.loaded_exports
    where coverage <> 'view' and not is_older
    order by loaded_at desc limit 1
"""
# A scrape's time is in UTC, without a zone.
SCRAPE = """
    select
        max(last_scraped_at) as scraped_at,
        now() at time zone 'UTC' - max(last_scraped_at) as age
    from {ledger}.songs
"""
COVERAGE = """
    with observed as (
        select distinct campaign_id from {ledger}.campaign_playlists where is_observed
    ),

    work as (
        select
            campaigns.status,
            campaigns.sfa_url,
            observed.campaign_id is not null as has_streams,
            now() at time zone 'UTC'
            - greatest(linked.last_scraped_at, promoted.last_scraped_at) as age
        from {ledger}.campaigns as campaigns
        left join observed on campaigns.campaign_id = observed.campaign_id
        left join {ledger}.songs as linked on campaigns.track_id = linked.track_id
        left join {ledger}.songs as promoted on campaigns.sfa_track_id = promoted.track_id
        where campaigns.status in ('active', 'complete')
    )

    select
        status,
        count(*) as campaigns,
        count(sfa_url) as with_sfa_url,
        count(*) filter (where has_streams) as with_streams,
        count(*) filter (where age <= interval '7 days') as within_7_days,
        count(*) filter (where age <= interval '30 days') as within_30_days
    from work
    group by status
    order by status
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The latest export and scrape; None where there never was one. `scrape_at` is naive UTC."""

    export_name: str | None
    export_at: datetime | None
    export_age: timedelta | None
    scrape_at: datetime | None
    scrape_age: timedelta | None


# Column of COVERAGE → its label, and the filter of the list that shows these campaigns.
COVERAGE_ROWS = {
    "with_sfa_url": ("SFA URL", "SFA URL"),
    "with_streams": ("Streams", "streams"),
    "within_7_days": ("Scraped within 7 days", None),
    "within_30_days": ("Scraped within 30 days", None),
}


def read_freshness(reader: Reader) -> Freshness:
    """The file of the latest export, when it was loaded, and when the latest scrape was made."""
    export = reader.row(EXPORT) if reader.has_table("{ledger}.loaded_exports") else None
    scrape = reader.row(SCRAPE)
    return Freshness(*(export or (None, None, None)), *scrape)


def read_coverage(reader: Reader) -> list[Row]:
    """By status, active or complete: the campaigns, and how many have each of COVERAGE_ROWS."""
    return list(reader.stream(COVERAGE, {}))
