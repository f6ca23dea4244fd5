"""What scrapes saw of a campaign, beside its goal and beside what its vendor claims.

a campaign, its song's scrapes ──► sections with charts and playlists
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playledger.web import charts
from playledger.web.charts import WINDOWS
from playledger.web.details.detail_page import Fact, Section, listed
from playledger.web.formatting import ago, day
from playledger.web.lists.placements import PLACEMENTS

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader, Row

SCRAPES = 60  # that a chart shows
FRESH = timedelta(days=28)
SCRAPED = """
    select streams.time_window, streams.scraped_at, playlists.kind, sum(streams.streams) as streams
    from {ledger}.playlist_streams as streams
    inner join {ledger}.playlists as playlists on streams.playlist_id = playlists.playlist_id
    where
        streams.track_id = %(track)s
        and streams.scraped_at >= coalesce((
            select distinct scraped_at from {ledger}.playlist_streams where track_id = %(track)s
            order by scraped_at desc offset %(scrapes)s - 1 limit 1
        ), '-infinity')
    group by streams.time_window, streams.scraped_at, playlists.kind
"""
CLAIMS = """
    select
        count(*) filter (where is_claimed) as claimed,
        count(*) filter (where is_claimed and is_observed) as both,
        count(*) filter (where is_claimed and not is_observed) as unseen,
        count(*) filter (where is_observed and not is_claimed) as unclaimed
    from {ledger}.campaign_playlists
    where campaign_id = %(id)s::bigint
"""


def streams(reader: Reader, row: Row, window: str, seen: Row) -> Section:
    """How fresh the streams are, how they stand beside the goal, and over time in one window."""
    if row.scraped_at is None:
        return Section("Streams", told=(_unseen(row),))
    values = {"track": row.streams_track_id, "scrapes": SCRAPES}
    found = reader.rows(SCRAPED, values)
    known = [each for each in WINDOWS if any(scraped.time_window == each for scraped in found)]
    window = window if window in WINDOWS else next(
        (each for each in ("28d", "12m", "7d") if each in known), "28d"
    )  # fmt: skip
    nothing = f"No scrape has read the {WINDOWS[window]} window of this song."
    return Section(
        "Streams",
        told=_freshness(row),
        choices=tuple(
            (words, f"/campaigns/{row.campaign_id}?window={each}", each == window)
            for each, words in WINDOWS.items()
        ),
        charts=(
            charts.streams_over_time(
                (each for each in found if each.time_window == window), window, nothing
            ),
            charts.progress(row.goal, {"28d": seen.streams_28d, "12m": seen.streams_12m}),
        ),
    )


def claims(reader: Reader, row: Row) -> Section:
    """Playlists that scrapes saw with their windows, and those that only the vendor names."""
    held = str(row.campaign_id)
    counted = reader.row(CLAIMS, {"id": held})
    link = f"/placements?campaign={held}&seen="
    figures = (
        Fact("Claimed by the vendor", counted.claimed, "number", f"{link}claimed"),
        Fact("Claimed and seen", counted.both, "number", f"{link}claimed+and+seen"),
        Fact("Claimed, never seen", counted.unseen, "number", f"{link}claimed,+never+seen"),
        Fact("Seen, not claimed", counted.unclaimed, "number", f"{link}seen,+not+claimed"),
    )
    observed = listed(
        reader, PLACEMENTS, {"campaign": held, "seen": "seen"},
        "No scrape has seen this song on a playlist.", "Seen by scrapes", ("campaign",),
    )  # fmt: skip
    told, tables = [], [observed]
    if not counted.claimed:
        told.append("The vendor names no playlist.")
    elif row.scraped_at is None:
        told.append("What the vendor names cannot be compared: no scrape has seen this song.")
    if counted.unseen:
        tables.append(
            listed(
                reader, PLACEMENTS, {"campaign": held, "seen": "claimed, never seen"}, "",
                "Named by the vendor, seen by no scrape",
                ("campaign", "date_added", "streams_7d", "streams_28d", "streams_12m",
                 "scraped_at", "is_claimed"),
                "playlist",
            )
        )  # fmt: skip
    return Section("Playlists", tuple(told), figures, tables=tuple(tables))


def _unseen(row: Row) -> str:
    if row.track_id is None and row.sfa_track_id is None:
        return "No scrape can see this campaign: it has no link to a song and no SFA URL."
    if row.page is None:
        told = "No scrape has seen this song yet: it has no SFA URL."
        is_sought = row.status in ("active", "complete")
        return f"{told} playledger scrape sfa looks for one." if is_sought else told
    return "No scrape has seen this song yet: playledger scrape streams does."


def _freshness(row: Row) -> tuple[str, ...]:
    told = f"Last scraped {ago(row.scraped_at)}, on {day(row.scraped_at)}."
    if datetime.now(UTC) - row.scraped_at.replace(tzinfo=UTC) > FRESH:
        told += " Every window ends there: what came since is in none of these figures."
    if row.sfa_track_id and row.track_id and row.sfa_track_id != row.track_id:
        is_sfa = row.streams_track_id == row.sfa_track_id
        return told, (
            "The link and the SFA URL name two songs, such as a single and its album copy: the "
            f"streams are those of the {'SFA URL' if is_sfa else 'link'}."
        )
    return (told,)
