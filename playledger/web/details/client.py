"""The page of one client: contact, campaigns, orders, possible duplicates.

a client's id ──► the ledger ──► DetailPage
"""

from __future__ import annotations

from collections.abc import Mapping

from playledger.web.details.detail_page import DetailPage, Fact, Section, find_by_uuid, list_section
from playledger.web.details.shared import OF_CLIENT, delivery, months, possible_duplicates, statuses
from playledger.web.ledger_reader import Reader
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import WORK
from playledger.web.lists.orders import ORDERS

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


def find_client(reader: Reader, id_text: str, _: Mapping[str, str]) -> DetailPage:
    """The page of a client."""
    row = find_by_uuid(reader, CLIENT, id_text)
    client = str(row.client_id)
    campaigns = f"/campaigns?client={client}"
    figures = (
        Fact("Campaigns", row.campaigns, "number", campaigns),
        Fact("Active", row.active, "number", f"{campaigns}&status=active"),
        Fact("Orders", row.orders, "number", f"/orders?client={client}"),
        Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
        Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
        Fact("Last start", row.last_start, "date", campaigns),
    )
    chosen = {"client": client}
    return DetailPage(
        "Client",
        row.name,
        ("A campaign with several clients counts for each of them.",),
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
            *possible_duplicates(reader, "client", client),
            Section(
                "Campaigns by month and status",
                charts=(months(reader, OF_CLIENT, client), delivery(reader, OF_CLIENT, client)),
                tables=(statuses(reader, OF_CLIENT, client, "client"),),
            ),
            list_section("Campaigns", reader, CAMPAIGNS, chosen, "No campaigns."),
            list_section("Orders", reader, ORDERS, chosen, "No orders.", ("client",)),
        ),
    )
