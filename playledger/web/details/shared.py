"""Parts of several pages: campaigns by status, their delivery, possible duplicates.

a condition on campaigns ──► statuses(), delivery() ──► a table, a chart
"""

import re
from typing import Any

from playledger.web import charts
from playledger.web.charts import Chart
from playledger.web.details.detail_page import Section, Table
from playledger.web.ledger_reader import Reader, Row
from playledger.web.listing import Column

STATUSES = """
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
DELIVERY = """
    select
        campaigns.name,
        {label} as label,
        coalesce(campaigns.goal, 0) as goal,
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
DUPLICATES = """
    select
        case when {kind}_id_a = %(id)s::uuid then {kind}_id_b else {kind}_id_a end as id,
        case when {kind}_id_a = %(id)s::uuid then name_b else name_a end as name,
        score,
        evidence
    from {{quality}}.{kind}_match_candidates
    where %(id)s::uuid in ({kind}_id_a, {kind}_id_b)
    order by score desc, name
"""
SPOTIFY_ID = re.compile("[0-9A-Za-z]{22}")
RUN_BY_PEOPLE = ("vendor", "other")  # kinds of playlists; Spotify's own are no vendor's work


def statuses(reader: Reader, condition: str, id_text: str, filter_name: str) -> Table:
    """Campaigns by status; each count links to the list of campaigns, filtered by `filter_name`."""
    rows = reader.rows(STATUSES.format(condition=condition), {"id": id_text})
    return status_table(rows, filter_name)


def status_table(rows: list[Row], filter_name: str) -> Table:
    """The same from rows: status, id (the filter's value), campaigns, goal, sale_price."""
    link = f"/campaigns?{filter_name}={{id}}&status={{status}}"
    columns = (
        Column("status", "Status", "", "status"),
        Column("campaigns", "Campaigns", "", "number", link=link),
        Column("goal", "Goals", "", "number"),
        Column("sale_price", "Prices", "", "money"),
    )
    return Table("", columns, rows, "No campaigns.")


def delivery(
    reader: Reader,
    condition: str,
    id_text: str,
    kinds: tuple[str, ...] = charts.KINDS,
    label: str = SONG,
) -> Chart:
    """Goals and streams in 28 days on some kinds of playlists, of campaigns that were scraped."""
    values: dict[str, Any] = {"id": id_text, "kinds": list(kinds)}
    query = DELIVERY.format(condition=condition, label=label)
    return charts.delivery(reader.rows(query, values), "campaign")


def spotify_link(kind: str, spotify_id: str | None) -> str | None:
    """The address of a track or playlist on Spotify; text that is not an id stays as it is."""
    if spotify_id is None or SPOTIFY_ID.fullmatch(spotify_id) is None:
        return spotify_id
    return f"https://open.spotify.com/{kind}/{spotify_id}"


def possible_duplicates(reader: Reader, kind: str, id_text: str) -> tuple[Section, ...]:
    """Names of the same kind (`client`, `vendor`, `playlist`) that may be this one, if any."""
    columns = (
        Column("name", "Name", "", link=f"/{kind}s/{{id}}"),
        Column("score", "Score", "", "number"),
        Column("evidence", "Why", ""),
    )
    rows = reader.rows(DUPLICATES.format(kind=kind), {"id": id_text})
    if not rows:
        return ()
    lead = "Names are merged only after a person has decided: playledger review"
    return (Section("Possible duplicates", (lead,), tables=(Table("", columns, rows),)),)
