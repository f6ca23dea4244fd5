"""The page of one vendor: what it was paid for, and what scrapes saw of it.

a vendor's id ──► the ledger ──► DetailPage
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from playledger.web.details.detail_page import DetailPage, Fact, Section, as_uuid, listed
from playledger.web.details.shared import PLACED_BY_PEOPLE, alike, delivery, states
from playledger.web.formatting import money, number, percent, plural
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.placements import PLACEMENTS
from playledger.web.lists.vendors import COST, DELIVERED, PRICED

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row

PEOPLES = "streams on people's playlists"
OF_VENDOR = "campaigns.vendor_id = %(id)s::uuid"
VENDOR = """
    select
        vendors.*,
        work.*,
        placed.*
    from {ledger}.vendors as vendors
    cross join lateral (
        select
            count(*) as campaigns,
            count(*) filter (where status = 'active') as active,
            sum(goal) as goal,
            sum(sale_price) as sale_price
        from {ledger}.campaigns
        where campaigns.vendor_id = vendors.vendor_id
    ) as work
    cross join lateral (
        select
            count(distinct placements.playlist_id) filter (where is_claimed) as claimed,
            count(distinct placements.playlist_id)
                filter (where is_claimed and is_observed) as both
        from {ledger}.campaigns
        inner join {ledger}.campaign_playlists as placements
            on campaigns.campaign_id = placements.campaign_id
        where campaigns.vendor_id = vendors.vendor_id
    ) as placed
    where vendors.vendor_id = %(id)s::uuid
"""
SEEN = f"""
    select
        count(*) as campaigns,
        sum(goal) as goal,
        sum(streams) as streams,
        count(sale_price) as priced,
        sum(sale_price) as sale_price,
        {PRICED} as priced_streams,
        {COST} as cost
    from ({DELIVERED.replace("{which}", "= %(id)s::uuid")}) as delivered
"""


def find_vendor(reader: Reader, held: str, _: Mapping[str, str]) -> DetailPage | None:
    """The page of the vendor with that id."""
    held = as_uuid(held)
    row = reader.row(VENDOR, {"id": held}) if held else None
    if row is None:
        return None
    seen = reader.row(SEEN, {"id": held})
    campaigns = f"/campaigns?vendor={held}"
    chosen = {"vendor": held}
    return DetailPage(
        "Vendor",
        row.name,
        (),
        (
            Fact("Campaigns", row.campaigns, "number", campaigns),
            Fact("Active", row.active, "number", f"{campaigns}&status=active"),
            Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
            Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
            Fact("Playlists claimed", row.claimed, "number", f"/playlists?claimed_by={held}"),
            Fact("Of these seen", row.both, "number", f"/playlists?delivered_by={held}",
                 percent(row.both, row.claimed) if row.claimed else ""),
        ),
        (
            Section(
                "Delivery",
                told=_compared(seen),
                figures=_delivered(seen, f"{campaigns}&has={quote(PEOPLES)}"),
                charts=(delivery(reader, OF_VENDOR, held, PLACED_BY_PEOPLE),),
            ),
            Section(
                "Contact",
                facts=(Fact("Person", row.contact_person), Fact("E-mail", row.email)),
            ),
            *alike(reader, "vendor", held),
            Section("How its campaigns stand", tables=(states(reader, OF_VENDOR, held, "vendor"),)),
            Section(
                "Campaigns",
                tables=(listed(reader, CAMPAIGNS, chosen, "No campaign.", "", ("vendor",)),),
            ),
            Section(
                "Where its campaigns are",
                told=("Playlists that it claims, or that a scrape saw.",),
                tables=(listed(reader, PLACEMENTS, chosen, "None is known yet."),),
            ),
        ),
    )  # fmt: skip


def _compared(seen: Row) -> tuple[str, ...]:
    if not seen.campaigns:
        return ("No scrape has seen streams of its campaigns in the last 28 days.",)
    told = (
        f"{plural(seen.campaigns, 'campaign')} with streams in the 28 days before the newest "
        "scrape, on playlists that people run: Spotify's own are left out. A song of two "
        "campaigns counts for both."
    )
    if not seen.priced_streams:
        return (told, "There is no price to compare these streams with.")
    if seen.cost is None:
        few = plural(seen.priced_streams, "stream")
        return (told, f"Campaigns with a price have {few} of these: too few to say what they cost.")
    return (
        told,
        f"Cost per 1,000 streams: {money(seen.sale_price)}, the prices of the "
        f"{plural(seen.priced, 'campaign')} of these that have one, over their "
        f"{number(seen.priced_streams)} streams. A price is for the whole campaign, the streams "
        "are those of 28 days: this compares vendors, it is not what a stream cost in the end.",
    )


def _delivered(seen: Row, link: str) -> tuple[Fact, ...]:
    if not seen.campaigns:
        return ()
    return (
        Fact("Campaigns with streams", seen.campaigns, "number", link),
        Fact("Their goals", seen.goal, "number", link),
        Fact("Streams in 28 days", seen.streams, "number", link, percent(seen.streams, seen.goal)),
        Fact("Cost per 1,000 streams", seen.cost, "money"),
    )
