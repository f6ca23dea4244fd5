"""The page of one salesperson: campaigns by status and month, prices, clients.

a name ──► the ledger ──► DetailPage

What everybody sold is counted at once and kept: one person may have a good part of all campaigns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from playledger.web import charts
from playledger.web.details.detail_page import DetailPage, Fact, Section, listed
from playledger.web.details.shared import states_of
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import CLIENTS
from playledger.web.lists.salespeople import FOUND, PEOPLE, WORK

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row

PERSON = f"""
    select * from {FOUND.replace("{kept}", "%(kept)s")}
    where name_key = lower(normalize(%(id)s, nfkc))
"""
# What everybody sold, by month and status.
SOLD = f"""
    select
        person.name_key,
        together.month,
        together.status,
        sum(together.campaigns) as campaigns,
        sum(together.goal) as goal,
        sum(together.sale_price) as sale_price
    from (
        select
            salespeople,
            date_trunc('month', start_date)::date as month,
            status,
            count(*) as campaigns,
            sum(goal) as goal,
            sum(sale_price) as sale_price
        from {{ledger}}.campaigns
        group by 1, 2, 3
    ) as together
    cross join {PEOPLE}
    group by 1, 2, 3
"""
OF_PERSON = """
    select
        {by}, sum(campaigns)::bigint as campaigns, sum(goal)::bigint as goal,
        sum(sale_price) as sale_price, min(%(id)s) as id
    from jsonb_to_recordset(%(kept)s::jsonb) as sold (
        name_key text, month date, status text, campaigns bigint, goal bigint,
        sale_price numeric(14, 2)
    )
    where name_key = lower(normalize(%(id)s, nfkc))
    group by {by}
    order by campaigns desc, {by}
"""


def find_salesperson(reader: Reader, held: str, _: Mapping[str, str]) -> DetailPage | None:
    """The page of the person of that name, however it is spelled in large and small letters."""
    found = {"id": held, "kept": "" if "\0" in held else reader.kept(WORK)}
    row = reader.row(PERSON, found) if found["kept"] else None
    if row is None:
        return None
    campaigns = f"/campaigns?salesperson={quote(row.name, safe='')}"
    chosen = {"salesperson": row.name}
    shared = f"{row.shared:,} sold with somebody else" if row.shared else ""
    return DetailPage(
        "Salesperson",
        row.name,
        ("A campaign of two people counts for both.",),
        (
            Fact("Campaigns", row.campaigns, "number", campaigns, shared),
            Fact("Active", row.active, "number", f"{campaigns}&status=active"),
            Fact("Clients", row.clients or 0, "number", f"/clients?salesperson={quote(row.name)}"),
            Fact("Goals", row.goal, "number", f"{campaigns}&sort=-goal"),
            Fact("Prices", row.sale_price, "money", f"{campaigns}&sort=-sale_price"),
            Fact("Last start", row.last_start, "date", campaigns),
        ),
        (
            Section(
                "How the campaigns stand",
                charts=(charts.status_by_month(_sold(reader, row.name, "month, status")),),
                tables=(states_of(_sold(reader, row.name, "status"), "salesperson"),),
            ),
            Section(
                "Campaigns",
                tables=(
                    listed(
                        reader, CAMPAIGNS, chosen, "No campaign.", "", ("salesperson",),
                        known=row.campaigns,
                    ),
                ),
            ),
            Section(
                "Clients",
                tables=(listed(reader, CLIENTS, chosen, "No client.", known=row.clients or 0),),
            ),
        ),
    )  # fmt: skip


def _sold(reader: Reader, name: str, by: str) -> list[Row]:
    return reader.rows(OF_PERSON.replace("{by}", by), {"id": name, "kept": reader.kept(SOLD)})
