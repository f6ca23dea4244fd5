"""Charts of streams by kind of playlist: over scrapes, and as shares of each window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, columns
from playledger.web.formatting import day, exact, number, percent, plural
from playledger.web.ledger_reader import Row

KINDS = ("algorithmic", "editorial", "vendor", "other")
DAYS = 60
WINDOWS = {"7d": "7 days", "28d": "28 days", "12m": "12 months"}


def streams_over_time(
    rows: Iterable[Row], window: str, nothing: str = "No scrape has seen any streams yet."
) -> Chart:
    """Streams in one window (`7d`, `28d`, `12m`) by scrape: scraped_at, kind, streams.

    Two scrapes of one window overlap, so they stand beside each other and are never added up.
    """
    found: dict[datetime, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.scraped_at, Counter())[row.kind] += int(row.streams or 0)
    scrapes = sorted(found)
    if not any(sum(found[each].values()) for each in scrapes):
        return Chart(nothing)
    series = [
        Series(place, kind, tuple(found[each][kind] for each in scrapes))
        for place, kind in enumerate(KINDS)
    ]
    series = [each for each in series if any(each.values)]
    first, last = (sum(found[each].values()) for each in (scrapes[0], scrapes[-1]))
    words = WINDOWS[window]
    caption = f"Streams in the {words} before each scrape, by kind of playlist: "
    caption += f"{number(last)} on {day(scrapes[-1])}"
    if len(scrapes) > 1:
        moved = "as many as" if last == first else "up from" if last > first else "down from"
        caption += f", {moved} {number(first)}"
        caption += f" on {day(scrapes[0])}" if scrapes[0].date() != scrapes[-1].date() else ""
        caption += f", {plural(len(scrapes) - 1, 'scrape')} earlier"
    caption += "."
    return Chart(
        caption,
        columns(_moments(scrapes), series, caption),
        tuple((each.color, each.name) for each in series),
        ("Scraped", *(each.name.capitalize() for each in series), "All"),
        tuple(
            (exact(each), *(found[each][kind.name] for kind in series), sum(found[each].values()))
            for each in reversed(scrapes)
        ),
    )


def streams_by_kind(rows: Iterable[Row], nothing: str = "No streams were seen yet.") -> Chart:
    """The share of each kind of playlist in each window: time_window, kind, streams."""
    found = {window: Counter[str]() for window in WINDOWS}
    for row in rows:
        found[row.time_window][row.kind] += int(row.streams or 0)
    windows = [window for window in WINDOWS if sum(found[window].values())]
    if not windows:
        return Chart(nothing)
    kinds = [kind for kind in KINDS if any(found[window][kind] for window in windows)]
    series = [
        Series(
            KINDS.index(kind), kind,
            tuple(100 * found[window][kind] / sum(found[window].values()) for window in windows),
        )
        for kind in kinds
    ]  # fmt: skip
    told = "28d" if "28d" in windows else windows[0]
    most, streams = found[told].most_common(1)[0]
    whole = sum(found[told].values())
    caption = (
        "Where streams come from, by kind of playlist, in each window on its own: "
        f"in {WINDOWS[told]}, {percent(streams, whole)} of {number(whole)} came from {most} "
        "playlists."
    )
    return Chart(
        caption,
        columns([WINDOWS[window] for window in windows], series, caption, " %", 100),
        tuple((each.color, each.name) for each in series),
        ("Window", *(kind.capitalize() for kind in kinds), "All streams"),
        tuple(
            (
                WINDOWS[window],
                *(found[window][kind] for kind in kinds),
                sum(found[window].values()),
            )
            for window in windows
        ),
    )


def streams_by_song(
    rows: Iterable[Row],
    names: Mapping[str, str],
    nothing: str = "No scrape has read a 28-day window with it.",
) -> Chart:
    """Streams of one playlist in 28 days by day of scrape: track_id, scraped_on, streams.

    `names` has the songs' names by track, the largest first: three have a colour of their own. Of
    many days the newest are shown.
    """
    held = list(rows)
    days = sorted({row.scraped_on for row in held})[-DAYS:]
    held = [row for row in held if row.scraped_on in days]
    if not any(row.streams for row in held):
        return Chart(nothing)
    ranked = [track for track in names if any(row.track_id == track for row in held)]
    own = ranked[: len(KINDS) - 1]
    found = {each: Counter[str]() for each in days}
    for row in held:
        found[row.scraped_on][row.track_id if row.track_id in own else ""] += int(row.streams or 0)
    series = [
        Series(place, names.get(track, "other songs"), tuple(found[each][track] for each in days))
        for place, track in enumerate((*own, ""))
    ]
    series = [each for each in series if any(each.values)]
    last, songs = days[-1], sum(1 for row in held if row.scraped_on == days[-1])
    caption = (
        "Streams from this playlist in the 28 days before each scrape, by day of the scrape and by "
        f"song: {number(sum(found[last].values()))} on {day(last)}, of {plural(songs, 'song')} "
        "scraped that day. A song has no part in a day on which it was not scraped."
    )
    return Chart(
        caption,
        columns([day(each) for each in days], series, caption),
        tuple((each.color, each.name) for each in series),
        ("Scraped", *(each.name for each in series), "All"),
        tuple(
            (day(each), *(one.values[place] for one in series), sum(found[each].values()))
            for place, each in reversed(list(enumerate(days)))
        ),
    )


def _moments(scrapes: list[datetime]) -> list[str]:
    """Days, or where one has several scrapes, their hours too."""
    days = [day(each) for each in scrapes]
    if len(set(days)) == len(days):
        return days
    return [f"{each.day} {each:%b %H:%M}" for each in scrapes]
