"""Charts of streams: by kind of playlist over time and by window, and by song of one playlist."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from loaders.text import plural
from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, columns
from playledger.web.formatting import day, exact, number, percent
from playledger.web.ledger_reader import Row

KINDS = ("algorithmic", "editorial", "vendor", "other")
MOST_DAYS = 60
WINDOWS = {"7d": "7 days", "28d": "28 days", "12m": "12 months"}


def streams_over_time(rows: Iterable[Row], window: str) -> Chart:
    """Streams in one window (`7d`, `28d`, `12m`) by scrape: scraped_at, kind, streams.

    Windows of two scrapes overlap, so they stand side by side and are never added up.
    """
    found: dict[datetime, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.scraped_at, Counter())[row.kind] += int(row.streams or 0)
    scrapes = sorted(found)
    totals = [sum(found[each].values()) for each in scrapes]
    if not any(totals):
        return Chart(f"No scrape has the {WINDOWS[window]} window of this song.")
    series = [
        Series(color, kind, tuple(found[each][kind] for each in scrapes))
        for color, kind in enumerate(KINDS)
    ]
    series = [each for each in series if any(each.values)]
    caption = (
        f"Streams in the {WINDOWS[window]} before each scrape, by kind of playlist: "
        f"{number(totals[-1])} on {day(scrapes[-1])}"
    )
    if totals[-1] != totals[0]:
        moved = "up" if totals[-1] > totals[0] else "down"
        caption += f", {moved} from {number(totals[0])} on {day(scrapes[0])}"
    if len(scrapes) > 1:
        caption += f" ({len(scrapes):,} scrapes)"
    return Chart(
        f"{caption}.",
        columns(_moments(scrapes), series),
        series,
        ("Scraped", *(each.name.capitalize() for each in series), "All"),
        tuple(
            (exact(each), *(found[each][kind.name] for kind in series), total)
            for each, total in reversed(list(zip(scrapes, totals, strict=True)))
        ),
    )


def streams_by_kind(rows: Iterable[Row]) -> Chart:
    """The share of each kind of playlist in each window: time_window, kind, streams."""
    found = {window: Counter[str]() for window in WINDOWS}
    for row in rows:
        found[row.time_window][row.kind] += int(row.streams or 0)
    totals = {window: total for window in WINDOWS if (total := sum(found[window].values()))}
    if not totals:
        return Chart("No streams have been scraped yet.")
    kinds = [kind for kind in KINDS if any(found[window][kind] for window in totals)]
    series = [
        Series(
            KINDS.index(kind), kind,
            tuple(100 * found[window][kind] / total for window, total in totals.items()),
        )
        for kind in kinds
    ]  # fmt: skip
    window = "28d" if "28d" in totals else next(iter(totals))
    kind, streams = found[window].most_common(1)[0]
    return Chart(
        "Share of streams by kind of playlist, for each window separately: in "
        f"{WINDOWS[window]}, {percent(streams, totals[window])} of {number(totals[window])} "
        f"streams came from {kind} playlists.",
        columns([WINDOWS[window] for window in totals], series, " %", 100),
        series,
        ("Window", *(kind.capitalize() for kind in kinds), "All streams"),
        tuple(
            (WINDOWS[window], *(found[window][kind] for kind in kinds), total)
            for window, total in totals.items()
        ),
    )


def streams_by_song(rows: Iterable[Row], names: Mapping[str, str]) -> Chart:
    """Streams of one playlist in 28 days by day of scrape: track_id, scraped_on, streams.

    `names` has the songs' names by track, the largest first: three have a colour of their own. Of
    many days the latest are shown.
    """
    rows = list(rows)
    days = sorted({row.scraped_on for row in rows})[-MOST_DAYS:]
    rows = [row for row in rows if row.scraped_on in days]
    if not any(row.streams for row in rows):
        return Chart("No scrape with this playlist has a 28-day window.")
    tracks = {row.track_id for row in rows}
    colored = [track for track in names if track in tracks][: len(KINDS) - 1]
    found = {each: Counter[str]() for each in days}
    for row in rows:
        track = row.track_id if row.track_id in colored else ""
        found[row.scraped_on][track] += int(row.streams or 0)
    series = [
        Series(color, names.get(track, "other songs"), tuple(found[each][track] for each in days))
        for color, track in enumerate((*colored, ""))
    ]
    series = [each for each in series if any(each.values)]
    last, songs = days[-1], sum(1 for row in rows if row.scraped_on == days[-1])
    return Chart(
        "Streams from this playlist in the 28 days before each scrape, by day of the scrape and "
        f"song: {number(sum(found[last].values()))} on {day(last)}, from {plural(songs, 'song')} "
        "scraped that day. Songs that were not scraped on a day are missing from it.",
        columns([day(each) for each in days], series),
        series,
        ("Scraped", *(each.name for each in series), "All"),
        tuple(
            (day(each), *(one.values[nth] for one in series), sum(found[each].values()))
            for nth, each in reversed(list(enumerate(days)))
        ),
    )


def _moments(scrapes: list[datetime]) -> list[str]:
    """Days, with the time as well where one has several scrapes."""
    days = [day(each) for each in scrapes]
    if len(set(days)) == len(days):
        return days
    return [f"{each.day} {each:%b %H:%M}" for each in scrapes]
