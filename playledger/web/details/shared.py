"""Questions of several pages: how campaigns stand, what they deliver, which names are alike.

a condition on campaigns ──► table of states, chart of months, chart of delivery
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playledger.web import charts
from playledger.web.details.detail_page import Section, Table
from playledger.web.listing import Column

if TYPE_CHECKING:
    from playledger.web.charts import Chart
    from playledger.web.ledger_reader import Reader, Row

# Campaigns of a client are all that name it, not only first.
OF_CLIENT = (
    "campaigns.campaign_id in (select campaign_id from {ledger}.campaign_clients "
    "where client_id = %(id)s::uuid)"
)
STATES = """
    select
        status,
        %(id)s::text as id,
        count(*) as campaigns,
        sum(goal) as goal,
        sum(sale_price) as sale_price
    from {{ledger}}.campaigns as campaigns
    where {condition}
    group by status
    order by campaigns desc, status
"""
MONTHS = """
    select date_trunc('month', start_date)::date as month, status, count(*) as campaigns
    from {{ledger}}.campaigns as campaigns
    where {condition}
    group by 1, 2
"""
DELIVERY = """
    select
        campaigns.name as campaign,
        {label} as label,
        campaigns.goal,
        sum(placements.streams_28d) as streams
    from {{ledger}}.campaigns as campaigns
    inner join {{ledger}}.campaign_playlists as placements
        on campaigns.campaign_id = placements.campaign_id
    inner join {{ledger}}.playlists as playlists
        on placements.playlist_id = playlists.playlist_id
    left join {{ledger}}.vendors as vendors on campaigns.vendor_id = vendors.vendor_id
    where {condition} and placements.is_observed and playlists.kind = any(%(kinds)s)
    group by campaigns.campaign_id, vendors.name
    having sum(placements.streams_28d) is not null
    order by campaigns.goal desc nulls last, campaigns.campaign_id
    limit 200
"""
SONG = "coalesce(campaigns.song, campaigns.name)"
SONG_AND_VENDOR = f"concat_ws(' · ', left({SONG}, 10), vendors.name)"
ALIKE = """
    select
        case when {kind}_id_a = %(id)s::uuid then {kind}_id_b else {kind}_id_a end as id,
        case when {kind}_id_a = %(id)s::uuid then name_b else name_a end as name,
        score,
        evidence
    from {{quality}}.{kind}_match_candidates
    where %(id)s::uuid in ({kind}_id_a, {kind}_id_b)
    order by score desc, name
"""
PLACED_BY_PEOPLE = ("vendor", "other")  # Spotify's own playlists are nobody's work


def states(reader: Reader, condition: str, held: str, name: str) -> Table:
    """Campaigns by status; each figure leads to the list, narrowed by the filter `name`."""
    return states_of(reader.rows(STATES.format(condition=condition), {"id": held}), name)


def states_of(rows: list[Row], name: str) -> Table:
    """The same of rows that are known: status, id (the filter's value), campaigns, sums."""
    link = f"/campaigns?{name}={{id}}&status={{status}}"
    columns = (
        Column("status", "Status", "", "status"),
        Column("campaigns", "Campaigns", "", "number", link=link),
        Column("goal", "Goals", "", "number"),
        Column("sale_price", "Prices", "", "money"),
    )
    return Table("By status", columns, rows, "No campaign yet.")


def months(reader: Reader, condition: str, held: str) -> Chart:
    """Campaigns by the month they start in."""
    return charts.status_by_month(reader.rows(MONTHS.format(condition=condition), {"id": held}))


def delivery(
    reader: Reader,
    condition: str,
    held: str,
    kinds: tuple[str, ...] = charts.KINDS,
    label: str = SONG,
) -> Chart:
    """Goals beside streams in 28 days, on some kinds of playlists, of campaigns that were seen."""
    values: dict[str, Any] = {"id": held, "kinds": list(kinds)}
    question = DELIVERY.format(condition=condition, label=label)
    return charts.campaign_delivery(reader.rows(question, values))


def alike(reader: Reader, kind: str, held: str) -> tuple[Section, ...]:
    """Names of the same kind (`client`, `vendor`, `playlist`) that may be this one, if any."""
    columns = (
        Column("name", "Name", "", link=f"/{kind}s/{{id}}"),
        Column("score", "Score", "", "number"),
        Column("evidence", "What speaks for it", ""),
    )
    rows = reader.rows(ALIKE.format(kind=kind), {"id": held})
    if not rows:
        return ()
    told = "Nobody merges them but a person: playledger review asks about each."
    return (Section("Names that may be the same", (told,), tables=(Table("", columns, rows),)),)
