"""The page of one client: how to reach it, what it ordered, names that may be the same.

a client's id ──► the ledger ──► DetailPage
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from playledger.web.details.detail_page import DetailPage, Fact, Section, as_uuid, listed
from playledger.web.details.shared import OF_CLIENT, alike, delivery, months, states
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import WORK
from playledger.web.lists.orders import ORDERS

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader

CLIENT = f"""
    select
        clients.*,
        work.*,
        (
            select count(*) from {{ledger}}.campaign_groups as orders
            where orders.client_id = clients.client_id
        ) as orders
    from {{ledger}}.clients as clients
    cross join lateral ({WORK}) as work
    where clients.client_id = %(id)s::uuid
"""


def find_client(reader: Reader, held: str, _: Mapping[str, str]) -> DetailPage | None:
    """The page of the client with that id."""
    held = as_uuid(held)
    row = reader.row(CLIENT, {"id": held}) if held else None
    if row is None:
        return None
    campaigns = f"/campaigns?client={held}"
    figures = (
        Fact("Campaigns", row.campaigns, "number", campaigns),
        Fact("Active", row.active, "number", f"{campaigns}&status=active"),
        Fact("Orders", row.orders, "number", f"/orders?client={held}"),
        Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
        Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
        Fact("Last start", row.last_start, "date", campaigns),
    )
    chosen = {"client": held}
    return DetailPage(
        "Client",
        row.name,
        ("A campaign of several clients counts for each of them.",),
        figures,
        (
            Section(
                "Contact",
                facts=(
                    Fact("Person", row.contact_person),
                    Fact("Phone", row.phone),
                    Fact("E-mail", row.emails),
                ),
            ),
            *alike(reader, "client", held),
            Section(
                "How its campaigns stand",
                charts=(months(reader, OF_CLIENT, held), delivery(reader, OF_CLIENT, held)),
                tables=(states(reader, OF_CLIENT, held, "client"),),
            ),
            Section("Campaigns", tables=(listed(reader, CAMPAIGNS, chosen, "No campaign yet."),)),
            Section(
                "Orders", tables=(listed(reader, ORDERS, chosen, "No order.", "", ("client",)),)
            ),
        ),
    )
