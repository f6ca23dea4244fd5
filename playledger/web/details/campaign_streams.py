"""A campaign's streams beside its goal, and its scraped playlists beside those its vendor claims.

a campaign, its song's scrapes ──► streams(), claims() ──► sections with charts and playlists
"""

from datetime import UTC, datetime, timedelta

from playledger.web import charts
from playledger.web.charts import WINDOWS
from playledger.web.details.detail_page import Fact, Section, list_table
from playledger.web.formatting import ago, day
from playledger.web.ledger_reader import Reader, Row
from playledger.web.lists.placements import PLACEMENTS

MOST_SCRAPES = 60  # in a chart
CURRENT = timedelta(days=28)
SCRAPED = """
    with sources as (
        select * from (
            values ('7d', %(7d)s), ('28d', %(28d)s), ('12m', %(12m)s)
        ) as source (time_window, track_id)
    )

    select streams.time_window, streams.scraped_at, playlists.kind, sum(streams.streams) as streams
    from sources
    inner join {ledger}.playlist_streams as streams using (track_id, time_window)
    inner join {ledger}.playlists as playlists on streams.playlist_id = playlists.playlist_id
    where
        streams.scraped_at >= coalesce((
            select distinct scraped_at from {ledger}.playlist_streams
            inner join sources using (track_id, time_window)
            order by scraped_at desc offset %(scrapes)s - 1 limit 1
        ), '-infinity')
    group by streams.time_window, streams.scraped_at, playlists.kind
"""


def streams(reader: Reader, row: Row, window: str, seen: Row) -> Section:
    """The age of the streams, their sums beside the goal, and their course in one window."""
    if row.scraped_at is None:
        return Section("Streams", paragraphs=(_not_scraped(row),))
    tracks = {each: getattr(row, f"track_{each}") for each in WINDOWS}
    found = reader.rows(SCRAPED, {**tracks, "scrapes": MOST_SCRAPES})
    known = {each.time_window for each in found}
    if window not in WINDOWS:
        window = next((each for each in ("28d", "12m", "7d") if each in known), "28d")
    in_window = [each for each in found if each.time_window == window]
    return Section(
        "Streams",
        paragraphs=_scraped(row),
        choices=tuple(
            (label, f"/campaigns/{row.campaign_id}?window={each}", each == window)
            for each, label in WINDOWS.items()
        ),
        charts=(
            charts.streams_over_time(in_window, window),
            charts.progress(row.goal, {"28d": seen.streams_28d, "12m": seen.streams_12m}),
        ),
    )


def claims(reader: Reader, row: Row, counted: Row) -> Section:
    """The playlists that scrapes saw, with their windows, and those that only the vendor claims."""
    campaign = str(row.campaign_id)
    link = f"/placements?campaign={campaign}&seen="
    figures = (
        Fact("Claimed by the vendor", counted.claimed, "number", f"{link}claimed"),
        Fact("Claimed and seen", counted.both, "number", f"{link}claimed+and+seen"),
        Fact("Claimed, not found", counted.unseen, "number", f"{link}claimed,+not+found"),
        Fact("Seen, not claimed", counted.unclaimed, "number", f"{link}seen,+not+claimed"),
    )
    observed = list_table(
        reader, PLACEMENTS, {"campaign": campaign, "seen": "seen"},
        "No scrape has found this song on a playlist.", ("campaign",), "Seen in scrapes",
    )  # fmt: skip
    paragraphs, tables = [], [observed]
    if not counted.claimed:
        paragraphs.append("The vendor claims no playlist.")
    elif row.scraped_at is None:
        paragraphs.append("The claims cannot be checked: this song has never been scraped.")
    if counted.unseen:
        tables.append(
            list_table(
                reader, PLACEMENTS, {"campaign": campaign, "seen": "claimed, not found"}, "",
                ("campaign", "date_added", "streams_7d", "streams_28d", "streams_12m",
                 "scraped_at", "is_claimed"),
                "Claimed by the vendor, not found in scrapes", "playlist",
            )
        )  # fmt: skip
    return Section("Playlists", tuple(paragraphs), figures, tables=tuple(tables))


def _not_scraped(row: Row) -> str:
    """Why there are no streams, and the command that gets them."""
    if row.track_id is None and row.sfa_track_id is None:
        return "This campaign cannot be scraped: it has no link to a song and no SFA URL."
    if row.page is None:
        reason = "This song has never been scraped: it has no SFA URL."
        is_searched = row.status in ("active", "complete")
        return f"{reason} Search for it: playledger scrape sfa" if is_searched else reason
    return "This song has never been scraped. Scrape it: playledger scrape streams"


def _scraped(row: Row) -> tuple[str, ...]:
    """When the song's windows were read, and of which song where the campaign names two."""
    age = f"Last scraped {ago(row.scraped_at)}, on {day(row.scraped_at)}."
    if datetime.now(UTC) - row.scraped_at.replace(tzinfo=UTC) > CURRENT:
        age += " Every window ends on that day: later streams are not included."
    paragraphs = [age, *filter(None, (_window_age(row, each) for each in WINDOWS))]
    if row.sfa_track_id and row.track_id and row.sfa_track_id != row.track_id:
        of_link = [label for each, label in WINDOWS.items() if _is_of_link(row, each)]
        links = {0: "SFA URL", len(WINDOWS): "URL"}
        which = links.get(len(of_link), f"SFA URL, those of {' and '.join(of_link)} of the URL")
        paragraphs.append(
            "The URL and the SFA URL are of two songs, such as a single and its album version. "
            f"These are the streams of the {which}."
        )
    return tuple(paragraphs)


def _window_age(row: Row, window: str) -> str:
    """What to say of a window that the latest scrape could not read; empty for one that it did."""
    read = getattr(row, f"scraped_{window}_at")
    if read is None:
        return f"The window of {WINDOWS[window]} was never read."
    if read < row.scraped_at:
        return f"The latest scrape could not read the window of {WINDOWS[window]}: {day(read)}."
    return ""


def _is_of_link(row: Row, window: str) -> bool:
    return getattr(row, f"track_{window}") != row.sfa_track_id
