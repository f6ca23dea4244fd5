"""The page of one salesperson: campaigns by status and month, prices, clients.

a name ──► the ledger ──► DetailPage

The sales of all people are counted at once and cached: one person may have most of the campaigns.
"""

from collections.abc import Mapping
from urllib.parse import quote

from playledger.web import charts
from playledger.web.details.detail_page import DetailPage, Fact, Section, find_row, list_section
from playledger.web.details.shared import status_table
from playledger.web.ledger_reader import Reader, Row
from playledger.web.lists.campaigns import CAMPAIGNS
from playledger.web.lists.clients import CLIENTS
from playledger.web.lists.salespeople import FOUND, PEOPLE, WORK

PERSON = f"""
    select * from {FOUND.replace("{cached}", "%(cached)s")}
    where name_key = {{ledger}}.text_key(%(id)s)
"""
# Sales by person, month and status.
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
    from jsonb_to_recordset(%(cached)s::jsonb) as sold (
        name_key text, month date, status text, campaigns bigint, goal bigint,
        sale_price numeric(14, 2)
    )
    where name_key = {ledger}.text_key(%(id)s)
    group by {by}
    order by campaigns desc, {by}
"""


def find_salesperson(reader: Reader, id_text: str, _: Mapping[str, str]) -> DetailPage:
    """The page of the person of a name, in any case."""
    name = None if "\0" in id_text else id_text
    row = find_row(reader, PERSON, name, cached=reader.cached_json(WORK))
    campaigns = f"/campaigns?salesperson={quote(row.name, safe='')}"
    chosen = {"salesperson": row.name}
    shared = f"{row.shared:,} shared with a colleague" if row.shared else ""
    return DetailPage(
        "Salesperson",
        row.name,
        ("A campaign with two salespeople counts for both.",),
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
                "Campaigns by month and status",
                charts=(charts.status_by_month(_sold(reader, row.name, "month, status")),),
                tables=(status_table(_sold(reader, row.name, "status"), "salesperson"),),
            ),
            list_section(
                "Campaigns", reader, CAMPAIGNS, chosen, "No campaigns.", ("salesperson",)
            ),
            list_section("Clients", reader, CLIENTS, chosen, "No clients."),
        ),
    )  # fmt: skip


def _sold(reader: Reader, name: str, by: str) -> list[Row]:
    values = {"id": name, "cached": reader.cached_json(SOLD)}
    return reader.rows(OF_PERSON.replace("{by}", by), values)
