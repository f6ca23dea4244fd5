"""The list of clients."""

from __future__ import annotations

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.campaigns import SALESPERSON
from playledger.web.search import Search

# What a client ordered; a campaign of several clients counts for each of them.
WORK = """
    select
        count(*) as campaigns,
        count(*) filter (where campaigns.status = 'active') as active,
        sum(campaigns.goal) as goal,
        sum(campaigns.sale_price) as sale_price,
        max(campaigns.start_date) as last_start
    from {ledger}.campaign_clients as named
    inner join {ledger}.campaigns as campaigns on named.campaign_id = campaigns.campaign_id
    where named.client_id = clients.client_id
"""

# A campaign's first client is in the campaign too, where an index has it beside who sold it.
FIRST_NAMED = f"select campaigns.client_id from {{ledger}}.campaigns where {SALESPERSON}"
ALSO_NAMED = (
    "select named.client_id from {ledger}.campaign_clients as named "
    "inner join {ledger}.campaigns on named.campaign_id = campaigns.campaign_id "
    f"where named.position > 1 and {SALESPERSON}"
)

CLIENTS = Listing(
    path="/clients",
    title="Clients",
    one="client",
    many="clients",
    lead="Who the campaigns are for. A campaign of several clients counts for each of them.",
    empty="Clients come with the first export.",
    table="{ledger}.clients as clients",
    key="clients.client_id",
    late=f"left join lateral ({WORK}) as work on true",
    columns=(
        Column("client_id", "Id", "clients.client_id", is_hidden=True),
        Column("client", "Client", "clients.name", link="/clients/{client_id}"),
        Column(
            "campaigns", "Campaigns", "work.campaigns", "number", is_late=True,
            link="/campaigns?client={client_id}",
        ),
        Column(
            "active", "Active", "work.active", "number", is_late=True,
            link="/campaigns?client={client_id}&status=active",
        ),
        Column("goal", "Goals", "work.goal", "number", is_late=True),
        Column("sale_price", "Prices", "work.sale_price", "money", is_late=True),
        Column("last_start", "Last start", "work.last_start", "date", is_late=True),
        Column("contact_person", "Contact", "clients.contact_person"),
        Column("emails", "E-mail", "clients.emails", is_sorted=False),
    ),
    order="client",
    search=Search(own=("clients.name", "coalesce(clients.contact_person, '')")),
    search_hint="Client or contact",
    filters=(
        Filter(
            "has", "Has", conditions={
                "e-mail": "clients.emails <> '{{}}'",
                "no e-mail": "clients.emails = '{{}}'",
                "campaign": "exists (select from {ledger}.campaign_clients as named "
                "where named.client_id = clients.client_id)",
                "no campaign": "not exists (select from {ledger}.campaign_clients as named "
                "where named.client_id = clients.client_id)",
            },
        ),
        Filter(
            "salesperson", "Sold by", f"(clients.client_id in ({FIRST_NAMED}) "
            f"or clients.client_id in ({ALSO_NAMED}))",
            walked="exists (select from {ledger}.campaign_clients as named "
            "inner join {ledger}.campaigns on named.campaign_id = campaigns.campaign_id "
            f"where named.client_id = clients.client_id and {SALESPERSON} offset 0)",
            named="select {value}::text as name",
        ),
    ),
)  # fmt: skip
