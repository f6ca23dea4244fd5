"""The page of one vendor: its campaigns, their delivery and cost, its playlists.

a vendor's id ──► the ledger ──► DetailPage
"""

from collections.abc import Mapping
from urllib.parse import quote

from loaders.text import plural
from playledger.web.details.detail_page import DetailPage, Fact, Section, find_by_uuid, list_section
from playledger.web.details.shared import RUN_BY_PEOPLE, delivery, possible_duplicates, statuses
from playledger.web.formatting import money, number, percent
from playledger.web.ledger_reader import Reader, Row
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.placements import PLACEMENTS
from playledger.web.lists.vendors import COST, DELIVERED, PRICED

ON_PEOPLES_PLAYLISTS = "streams on people's playlists"  # a filter of the list of campaigns
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
DELIVERY = f"""
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


def find_vendor(reader: Reader, id_text: str, _: Mapping[str, str]) -> DetailPage:
    """The page of a vendor."""
    row = find_by_uuid(reader, VENDOR, id_text)
    vendor = str(row.vendor_id)
    delivered = reader.row(DELIVERY, {"id": vendor})
    campaigns = f"/campaigns?vendor={vendor}"
    scraped = f"{campaigns}&has={quote(ON_PEOPLES_PLAYLISTS)}"
    chosen = {"vendor": vendor}
    return DetailPage(
        "Vendor",
        row.name,
        (),
        (
            Fact("Campaigns", row.campaigns, "number", campaigns),
            Fact("Active", row.active, "number", f"{campaigns}&status=active"),
            Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
            Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
            Fact("Playlists claimed", row.claimed, "number", f"/playlists?claimed_by={vendor}"),
            Fact("Claimed and seen", row.both, "number", f"/playlists?delivered_by={vendor}",
                 percent(row.both, row.claimed) if row.claimed else ""),
        ),
        (
            Section(
                "Delivery",
                paragraphs=_comparison(delivered),
                figures=_delivery_figures(delivered, scraped),
                charts=(delivery(reader, OF_VENDOR, vendor, RUN_BY_PEOPLE),),
            ),
            Section(
                "Contact",
                facts=(Fact("Person", row.contact_person), Fact("E-mail", row.email)),
            ),
            *possible_duplicates(reader, "vendor", vendor),
            Section("Campaigns by status", tables=(statuses(reader, OF_VENDOR, vendor, "vendor"),)),
            list_section("Campaigns", reader, CAMPAIGNS, chosen, "No campaigns.", ("vendor",)),
            list_section(
                "Playlists of its campaigns", reader, PLACEMENTS, chosen, "None known yet.",
                paragraphs=("Playlists that it claims, and playlists seen in scrapes.",),
            ),
        ),
    )  # fmt: skip


def _comparison(delivered: Row) -> tuple[str, ...]:
    """What the delivery and the cost are made of."""
    if not delivered.campaigns:
        return ("None of its campaigns has streams in the 28 days before the latest scrape.",)
    basis = (
        f"{plural(delivered.campaigns, 'campaign')} with streams in the 28 days before the latest "
        "scrape, on playlists run by people: Spotify's own are left out. A song of two campaigns "
        "counts for both."
    )
    if not delivered.priced_streams:
        return (basis, "There is no price to compare these streams with.")
    if delivered.cost is None:
        few = plural(delivered.priced_streams, "stream")
        return (basis, f"Campaigns with a price have {few}: too few to calculate a cost.")
    return (
        basis,
        f"Cost per 1,000 streams: {money(delivered.sale_price)}, the prices of the "
        f"{plural(delivered.priced, 'campaign')} that have one, over their "
        f"{number(delivered.priced_streams)} streams. A price is for the whole campaign, the "
        "streams are those of 28 days: use it to compare vendors, not as the final cost.",
    )


def _delivery_figures(delivered: Row, link: str) -> tuple[Fact, ...]:
    if not delivered.campaigns:
        return ()
    share = percent(delivered.streams, delivered.goal)
    return (
        Fact("Campaigns with streams", delivered.campaigns, "number", link),
        Fact("Their goals", delivered.goal, "number", link),
        Fact("Streams in 28 days", delivered.streams, "number", link, share),
        Fact("Cost per 1,000 streams", delivered.cost, "money"),
    )
