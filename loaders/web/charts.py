"""Charts: what a few rows of the ledger show, as a picture, in words and as a table.

    rows ──► Chart(svg, caption, key, header, rows) ──► chart() in templates/charts.html.jinja

Rows are anything with the named attributes, as `Reader.rows` gives them. Without data a chart is
its caption alone: a sentence that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from loaders.web.drawing import Series, bars, columns
from loaders.web.reader import Row
from loaders.web.words import day, exact, number, percent, plural

KINDS = ("algorithmic", "editorial", "vendor", "other")
WINDOWS = {"7d": "7 days", "28d": "28 days", "12m": "12 months"}
# What stands together in a chart of states, which has four colours; its table has each.
STATES = {
    "complete": ("complete",),
    "active": ("active",),
    "waiting": ("pending", "unreleased", "paused"),
    "cancelled or unknown": ("cancelled", "unknown"),
}
MONTHS = 24  # that a chart shows; its table has all
LONGEST = 10  # bars of one chart

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with the words and the table to it; `svg` is None where there is nothing to draw.

    `key` is the colours' places and names, `header` and `rows` the table.
    """

    caption: str
    svg: Markup | None = None
    key: tuple[tuple[int, str], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def streams_over_time(
    rows: Iterable[Row], window: str, nothing: str = "No scrape has seen any streams yet."
) -> Chart:
    """Streams in one window (`7d`, `28d`, `12m`) as each scrape saw them: scraped_at, kind, streams.

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
        caption += f", {number(first)} on {day(scrapes[0])}"
    caption += "."
    return Chart(
        caption,
        columns([day(each) for each in scrapes], series, caption),
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


def status_by_month(rows: Iterable[Row], nothing: str = "No campaign has a start date.") -> Chart:
    """Campaigns by the month they start in: month (a date), status, campaigns."""
    found: dict[date, Counter[str]] = {}
    for row in rows:
        if row.month is not None:
            found.setdefault(row.month, Counter())[row.status] += row.campaigns
    if not found:
        return Chart(nothing)
    months = _months(min(found), max(found))
    shown = months[-MONTHS:]
    series = [
        Series(
            place, name,
            tuple(sum(found.get(month, Counter())[each] for each in states) for month in shown),
        )
        for place, (name, states) in enumerate(STATES.items())
    ]  # fmt: skip
    series = [each for each in series if any(each.values)]
    states = [each for states in STATES.values() for each in states]
    states = [each for each in states if any(found[month][each] for month in found)]
    fullest = max(
        (month for month in shown if month in found),
        key=lambda month: (sum(found[month].values()), month),
    )
    caption = (
        f"Campaigns by the month they start in{_newest(shown, months)}: most in "
        f"{fullest:%B %Y}, {number(sum(found[fullest].values()))}; "
        f"{number(sum(found[max(found)].values()))} in {max(found):%B %Y}, the last."
    )
    return Chart(
        caption,
        columns([f"{month:%b %Y}" for month in shown], series, caption),
        tuple((each.color, each.name) for each in series),
        ("Month", *(each.capitalize() for each in states), "All"),
        tuple(
            (
                f"{month:%B %Y}",
                *(found[month][each] for each in states),
                sum(found[month].values()),
            )
            for month in sorted(found, reverse=True)
        ),
    )


def vendor_delivery(
    rows: Iterable[Row], nothing: str = "No campaign with a vendor has streams yet."
) -> Chart:
    """Goals beside streams in 28 days: vendor, goal, streams, all of its campaigns with streams."""
    return _goals([(row.vendor, row.goal, row.streams) for row in rows], "vendor", nothing)


def campaign_delivery(
    rows: Iterable[Row], nothing: str = "No scrape has seen any of these campaigns yet."
) -> Chart:
    """Goals beside streams in 28 days: campaign, goal, streams (None where no scrape saw it)."""
    return _goals([(row.campaign, row.goal, row.streams) for row in rows], "campaign", nothing)


def progress(goal: int | None, streams: dict[str, int | None]) -> Chart:
    """A goal beside the streams of each window (`28d`, `12m`), which are not all since the start."""
    known = {window: int(held) for window, held in streams.items() if held is not None}
    if not goal or not known:
        missing = "goal" if not goal else "scrape"
        return Chart(f"There is no {missing} to compare with.")
    labels = ["Goal", *(WINDOWS[window] for window in known)]
    values = (goal, *known.values())
    said = " and ".join(
        f"{number(held)} streams in {WINDOWS[window]} ({percent(held, goal)})"
        for window, held in known.items()
    )
    caption = (
        f"The goal of {number(goal)} beside {said}. A window ends at the scrape, not at the "
        "campaign's end: it is not what came since the start."
    )
    return Chart(
        caption,
        bars(labels, [Series(0, "streams", values)], caption),
        (),
        ("What", "Streams", "Of the goal"),
        tuple((label, each, percent(each, goal)) for label, each in zip(labels, values, strict=True)),
    )  # fmt: skip


def _goals(found: list[tuple[str, int | None, int | None]], one: str, nothing: str) -> Chart:
    ranked = sorted(found, key=lambda row: (-int(row[1] or 0), row[0]))
    known = [row for row in ranked if row[2] is not None and (row[1] or row[2])]
    if not known:
        return Chart(nothing)
    shown = known[:LONGEST]
    series = [
        Series(place, name, tuple(int(row[place + 1] or 0) for row in shown))
        for place, name in enumerate(("goal", "streams in 28 days"))
    ]
    goal, streams = (sum(int(row[place] or 0) for row in known) for place in (1, 2))
    largest = f" The chart has the {LONGEST} largest." if len(known) > LONGEST else ""
    caption = (
        f"Goals beside streams in the 28 days before the newest scrape, by {one}: "
        f"{number(streams)} streams for goals of {number(goal)} ({percent(streams, goal)}), "
        f"from {plural(len(known), one)} that a scrape saw.{largest}"
    )
    return Chart(
        caption,
        bars([row[0] for row in shown], series, caption),
        tuple((each.color, each.name) for each in series),
        (one.capitalize(), "Goal", "Streams in 28 days", "Of the goal"),
        tuple((name, goal, streams, percent(streams, goal)) for name, goal, streams in ranked),
    )


def _months(first: date, last: date) -> list[date]:
    """Every month from one to the other, as its first day."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + nth) // 12, (start + nth) % 12 + 1, 1) for nth in range(count)]


def _newest(shown: list[date], months: list[date]) -> str:
    return f", the last {len(shown)} months" if len(shown) < len(months) else ""
