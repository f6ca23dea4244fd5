"""The page of one client: contact, campaigns, orders, possible duplicates.

a client's id ──► the ledger ──► DetailPage
"""

from collections.abc import Mapping

from playledger.web import charts
from playledger.web.details.detail_page import DetailPage, Fact, Section, find_by_uuid, list_section
from playledger.web.details.shared import delivery, possible_duplicates, statuses
from playledger.web.ledger_reader import Reader
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import WORK
from playledger.web.lists.orders import ORDERS

# All campaigns that name the client, not only those that name it first.
OF_CLIENT = (
    "campaigns.campaign_id in (select campaign_id from {ledger}.campaign_clients "
    "where client_id = %(id)s::uuid)"
)
MONTHS = f"""
    select date_trunc('month', start_date)::date as month, status, count(*) as campaigns
    from {{ledger}}.campaigns as campaigns
    where {OF_CLIENT}
    group by 1, 2
"""
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
    by_month = reader.rows(MONTHS, {"id": client})
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
                charts=(charts.status_by_month(by_month), delivery(reader, OF_CLIENT, client)),
                tables=(statuses(reader, OF_CLIENT, client, "client"),),
            ),
            list_section("Campaigns", reader, CAMPAIGNS, chosen, "No campaigns."),
            list_section("Orders", reader, ORDERS, chosen, "No orders.", ("client",)),
        ),
    )
