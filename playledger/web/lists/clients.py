"""The list of clients."""

from playledger.web.listing import Column, Filter, Listing
from playledger.web.lists.campaigns import SALESPERSON
from playledger.web.search import Search

# The campaigns of a client; those of several clients count for each of them.
WORK = """
    select
        count(*) as campaigns,
        count(*) filter (where campaigns.status = 'active') as active,
        sum(campaigns.goal) as goal,
        sum(campaigns.sale_price) as sale_price,
        max(campaigns.start_date) as last_start
    from {ledger}.campaign_clients as listed
    inner join {ledger}.campaigns as campaigns on listed.campaign_id = campaigns.campaign_id
    where listed.client_id = clients.client_id
"""

# An index of campaigns has the first client beside the salespeople.
FIRST_CLIENTS = f"select campaigns.client_id from {{ledger}}.campaigns where {SALESPERSON}"
OTHER_CLIENTS = (
    "select listed.client_id from {ledger}.campaign_clients as listed "
    "inner join {ledger}.campaigns on listed.campaign_id = campaigns.campaign_id "
    f"where listed.position > 1 and {SALESPERSON}"
)

CLIENTS = Listing(
    path="/clients",
    title="Clients",
    singular="client",
    plural="clients",
    description="A campaign of several clients counts for each of them.",
    empty_hint="The first export brings them: make sync CSV=campaigns.csv",
    table="{ledger}.clients as clients",
    key=("clients.client_id",),
    aggregates={"work": WORK},
    columns=(
        Column("client_id", "Id", "clients.client_id", is_hidden=True),
        Column("client", "Client", "clients.name", link="/clients/{client_id}"),
        Column(
            "campaigns", "Campaigns", "work.campaigns", "number",
            link="/campaigns?client={client_id}",
        ),
        Column(
            "active", "Active", "work.active", "number",
            link="/campaigns?client={client_id}&status=active",
        ),
        Column("goal", "Goals", "work.goal", "number"),
        Column("sale_price", "Prices", "work.sale_price", "money"),
        Column("last_start", "Last start", "work.last_start", "date"),
        Column("contact_person", "Contact", "clients.contact_person"),
        Column("emails", "E-mail", "clients.emails", is_sorted=False),
    ),
    order="client",
    search=Search(own=("clients.name", "coalesce(clients.contact_person, '')")),
    search_hint="Client or contact",
    filters=(
        Filter(
            "has", "Has", choices={
                "e-mail": "clients.emails <> '{{}}'",
                "no e-mail": "clients.emails = '{{}}'",
                "campaign": "exists (select from {ledger}.campaign_clients as listed "
                "where listed.client_id = clients.client_id)",
                "no campaign": "not exists (select from {ledger}.campaign_clients as listed "
                "where listed.client_id = clients.client_id)",
            },
        ),
        Filter(
            "salesperson", "Sold by", f"(clients.client_id in ({FIRST_CLIENTS}) "
            f"or clients.client_id in ({OTHER_CLIENTS}))",
            label_query="select {value}::text as name",
        ),
    ),
)  # fmt: skip
