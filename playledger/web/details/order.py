"""The page of one order: its campaigns, their sums, their goals and streams.

an order's id ──► the ledger ──► DetailPage
"""

from collections.abc import Mapping

from playledger.web.details.detail_page import DetailPage, Fact, Section, find_by_uuid, list_section
from playledger.web.details.shared import SONG_AND_VENDOR, delivery, statuses
from playledger.web.formatting import percent
from playledger.web.ledger_reader import Reader
from playledger.web.lists.campaigns import CAMPAIGNS

OF_ORDER = "campaigns.campaign_group_id = %(id)s::uuid"
# Campaigns of one song have the same streams, so each song counts once.
ORDER = """
    select
        orders.*,
        clients.name as client,
        (
            select sum(streams)
            from (
                select distinct on (songs.track_id) songs.streams
                from (
                    select
                        case when sfa_songs.scraped_28d_at is not null then sfa_songs.track_id
                            else campaigns.track_id end as track_id,
                        sum(placements.streams_28d) as streams
                    from {ledger}.campaigns as campaigns
                    inner join {ledger}.campaign_playlists as placements
                        on campaigns.campaign_id = placements.campaign_id
                    left join {ledger}.songs as sfa_songs
                        on campaigns.sfa_track_id = sfa_songs.track_id
                    where
                        campaigns.campaign_group_id = orders.campaign_group_id
                        and placements.is_observed
                    group by campaigns.campaign_id, sfa_songs.track_id
                ) as songs
                order by songs.track_id
            ) as counted
        ) as streams
    from {ledger}.campaign_groups as orders
    left join {ledger}.clients as clients on orders.client_id = clients.client_id
    where orders.campaign_group_id = %(id)s::uuid
"""


def find_order(reader: Reader, id_text: str, _: Mapping[str, str]) -> DetailPage:
    """The page of an order."""
    row = find_by_uuid(reader, ORDER, id_text)
    order = str(row.campaign_group_id)
    campaigns = f"/campaigns?order={order}"
    share = f"{percent(row.streams, row.goal)} of the goals" if row.streams and row.goal else ""
    return DetailPage(
        "Order",
        row.name,
        ("The campaigns of one client that start on the same day.",),
        (
            Fact("Campaigns", row.campaign_count, "number", campaigns),
            Fact("Songs", row.song_count, "number"),
            Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
            Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
            Fact("28 days", row.streams, "number", f"{campaigns}&sort=-streams_28d", share),
        ),
        (
            Section(
                "The order",
                facts=(
                    Fact("Client", row.client, link=f"/clients/{row.client_id}"),
                    Fact("Starts", row.start_date, "date"),
                ),
            ),
            Section(
                "Goals and streams",
                paragraphs=(
                    "Streams in the 28 days before the latest scrape. Campaigns of one song have "
                    "the same streams; the sum above counts each song once.",
                ),
                charts=(delivery(reader, OF_ORDER, order, label=SONG_AND_VENDOR),),
            ),
            Section("Campaigns by status", tables=(statuses(reader, OF_ORDER, order, "order"),)),
            list_section("Campaigns", reader, CAMPAIGNS, {"order": order}, "No campaigns."),
        ),
    )
