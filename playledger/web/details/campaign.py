"""The page of one campaign: its columns, its streams and playlists, its issues, its history.

a campaign's number ──► the ledger ──► DetailPage
"""

from collections.abc import Mapping

from playledger.web.details.campaign_columns import column_sections
from playledger.web.details.campaign_history import history
from playledger.web.details.campaign_streams import claims, streams
from playledger.web.details.detail_page import DetailPage, Fact, find_row, list_section
from playledger.web.formatting import number, percent
from playledger.web.ledger_reader import Reader
from playledger.web.list_params import is_number
from playledger.web.lists.issues import ISSUES

# The streams of a window are those of the SFA URL's song once that was read, else of the URL's.
CAMPAIGN = """
    select
        campaigns.*,
        vendors.name as vendor,
        orders.name as order_name,
        case when sfa_songs.scraped_7d_at is not null then sfa_songs.track_id
            else link_songs.track_id end as track_7d,
        case when sfa_songs.scraped_28d_at is not null then sfa_songs.track_id
            else link_songs.track_id end as track_28d,
        case when sfa_songs.scraped_12m_at is not null then sfa_songs.track_id
            else link_songs.track_id end as track_12m,
        coalesce(sfa_songs.scraped_7d_at, link_songs.scraped_7d_at) as scraped_7d_at,
        coalesce(sfa_songs.scraped_28d_at, link_songs.scraped_28d_at) as scraped_28d_at,
        coalesce(sfa_songs.scraped_12m_at, link_songs.scraped_12m_at) as scraped_12m_at,
        coalesce(sfa_songs.last_scraped_at, link_songs.last_scraped_at) as scraped_at,
        coalesce(campaigns.sfa_url, link_songs.sfa_url) as page
    from {ledger}.campaigns as campaigns
    left join {ledger}.vendors as vendors on campaigns.vendor_id = vendors.vendor_id
    left join {ledger}.campaign_groups as orders
        on campaigns.campaign_group_id = orders.campaign_group_id
    left join {ledger}.songs as sfa_songs on campaigns.sfa_track_id = sfa_songs.track_id
    left join {ledger}.songs as link_songs on campaigns.track_id = link_songs.track_id
    where campaigns.campaign_id = %(id)s::bigint
"""
CLIENTS = """
    select clients.client_id, clients.name
    from {ledger}.campaign_clients as named
    inner join {ledger}.clients as clients on named.client_id = clients.client_id
    where named.campaign_id = %(id)s::bigint
    order by named.position
"""
PLACEMENTS = """
    select
        count(*) filter (where is_observed) as seen,
        count(*) filter (where is_claimed) as claimed,
        count(*) filter (where is_claimed and is_observed) as both,
        count(*) filter (where is_claimed and not is_observed) as unseen,
        count(*) filter (where is_observed and not is_claimed) as unclaimed,
        sum(streams_7d) as streams_7d,
        sum(streams_28d) as streams_28d,
        sum(streams_12m) as streams_12m
    from {ledger}.campaign_playlists
    where campaign_id = %(id)s::bigint
"""


def find_campaign(reader: Reader, id_text: str, query: Mapping[str, str]) -> DetailPage:
    """The page of a campaign; `window` in the query chooses the window of its chart."""
    row = find_row(reader, CAMPAIGN, id_text if is_number(id_text) else None)
    campaign = str(row.campaign_id)
    clients = reader.rows(CLIENTS, {"id": campaign})
    seen = reader.row(PLACEMENTS, {"id": campaign})
    placements = f"/placements?campaign={campaign}"
    figures = (
        Fact("Goal", row.goal, "number"),
        Fact("7 days", seen.streams_7d, "number", f"{placements}&sort=-streams_7d"),
        Fact("28 days", seen.streams_28d, "number", placements, _part(seen.streams_28d, row.goal)),
        Fact(
            "12 months", seen.streams_12m, "number", f"{placements}&sort=-streams_12m",
            _part(seen.streams_12m, row.goal),
        ),
        Fact("Playlists seen", seen.seen, "number", f"{placements}&seen=seen"),
        Fact("Price", row.sale_price, "money"),
    )  # fmt: skip
    chosen = {"campaign": campaign}
    return DetailPage(
        "Campaign",
        row.name,
        _lead(row.is_in_latest_export, row.goal),
        figures,
        (
            streams(reader, row, query.get("window", ""), seen),
            list_section("Issues", reader, ISSUES, chosen, "No open issues.", ("campaign",)),
            *column_sections(row, clients),
            history(reader, campaign),
            claims(reader, row, seen),
        ),
        row.status,
    )


def _lead(is_in_latest_export: bool, goal: int | None) -> tuple[str, ...]:
    dropped = "" if is_in_latest_export else "The latest export no longer has this campaign."
    return tuple(filter(None, (dropped, "" if goal else "It has no goal.")))


def _part(streams: int | None, goal: int | None) -> str:
    return f"{percent(streams, goal)} of {number(goal)}" if streams is not None and goal else ""
