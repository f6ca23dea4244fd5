"""Charts of goals beside streams: of vendors, of campaigns, of one campaign."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.web.charts.chart import Chart
from loaders.web.charts.drawing import Series, bars
from loaders.web.charts.streams import WINDOWS
from loaders.web.reader import Row
from loaders.web.words import number, percent, plural

LONGEST = 10  # groups of bars in one chart


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
    """A goal beside the streams of each window; no window holds all streams since the start."""
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
        tuple(
            (label, each, percent(each, goal)) for label, each in zip(labels, values, strict=True)
        ),
    )


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
    best = max(known, key=lambda row: (row[2] or 0) / (row[1] or float("inf")))
    reached = sum(1 for row in known if row[1] and row[2] >= row[1])
    largest = f" The chart has the {LONGEST} largest goals." if len(known) > LONGEST else ""
    caption = (
        f"Goals beside streams in the 28 days before the newest scrape, of "
        f"{plural(len(known), one)} that a scrape saw: {number(reached)} reached the goal in this "
        f"window alone. Most of its goal: {best[0]}, {percent(best[2], best[1])}.{largest}"
    )
    return Chart(
        caption,
        bars([row[0] for row in shown], series, caption),
        tuple((each.color, each.name) for each in series),
        (one.capitalize(), "Goal", "Streams in 28 days", "Of the goal"),
        tuple((name, goal, streams, percent(streams, goal)) for name, goal, streams in ranked),
    )
