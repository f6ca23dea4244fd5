"""The page of one salesperson: campaigns by status and month, prices, clients.

a name ──► the ledger ──► Thing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from loaders.web.lists.campaigns import CAMPAIGNS, SALESPERSON, TEAMS
from loaders.web.lists.clients import CLIENTS
from loaders.web.things.shared import months, states
from loaders.web.things.thing import Fact, Section, Thing, listed

if TYPE_CHECKING:
    from loaders.web.reader import Reader

OF_SALESPERSON = SALESPERSON.replace("{value}", "%(id)s")
WORK = f"""
    select
        count(*) as campaigns,
        count(*) filter (where status = 'active') as active,
        count(*) filter (where cardinality(salespeople) > 1) as shared,
        sum(goal) as goal,
        sum(sale_price) as sale_price,
        max(start_date) as last_start,
        (
            select min(person.name)
            from {TEAMS} as teams cross join unnest(teams.people) as person (name)
            where lower(normalize(person.name, nfkc)) = lower(normalize(%(id)s, nfkc))
        ) as name,
        (
            select count(distinct named.client_id)
            from {{ledger}}.campaign_clients as named
            inner join {{ledger}}.campaigns as campaigns
                on named.campaign_id = campaigns.campaign_id
            where {OF_SALESPERSON}
        ) as clients
    from {{ledger}}.campaigns as campaigns
    where {OF_SALESPERSON}
"""


def find_salesperson(reader: Reader, held: str, _: Mapping[str, str]) -> Thing | None:
    """The page of the person of that name, however it is spelled in large and small letters."""
    row = None if "\0" in held else reader.row(WORK, {"id": held})
    if row is None or row.name is None:
        return None
    campaigns = f"/campaigns?salesperson={quote(row.name, safe='')}"
    chosen = {"salesperson": row.name}
    shared = f"{row.shared:,} sold with somebody else" if row.shared else ""
    return Thing(
        "Salesperson",
        row.name,
        ("A campaign of two people counts for both.",),
        (
            Fact("Campaigns", row.campaigns, "number", campaigns, shared),
            Fact("Active", row.active, "number", f"{campaigns}&status=active"),
            Fact("Clients", row.clients, "number", f"/clients?salesperson={quote(row.name)}"),
            Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
            Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
            Fact("Last start", row.last_start, "date", campaigns),
        ),
        (
            Section(
                "How the campaigns stand",
                charts=(months(reader, OF_SALESPERSON, row.name),),
                tables=(states(reader, OF_SALESPERSON, row.name, "salesperson"),),
            ),
            Section(
                "Campaigns",
                tables=(listed(reader, CAMPAIGNS, chosen, "No campaign.", "", ("salesperson",)),),
            ),
            Section("Clients", tables=(listed(reader, CLIENTS, chosen, "No client."),)),
        ),
    )
