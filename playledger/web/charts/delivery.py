"""Charts of goals beside streams: of vendors, of campaigns, of one campaign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, bars
from playledger.web.charts.streams import WINDOWS
from playledger.web.formatting import number, percent, plural
from playledger.web.ledger_reader import Row

LONGEST = 10  # groups of bars in one chart


class Pair(NamedTuple):
    """A goal and the streams beside it, of one campaign or of all of a vendor."""

    name: str
    label: str
    goal: int
    streams: int | None


def vendor_delivery(
    rows: Iterable[Row], nothing: str = "No campaign with a vendor has streams yet."
) -> Chart:
    """Goals beside streams in 28 days: vendor, goal, streams, all of its campaigns with streams."""
    found = [Pair(row.vendor, row.vendor, row.goal or 0, row.streams) for row in rows]
    return _goals(found, "vendor", nothing)


def campaign_delivery(
    rows: Iterable[Row], nothing: str = "No scrape has seen any of these campaigns yet."
) -> Chart:
    """Goals beside streams in 28 days: campaign, label, goal, streams (None: no scrape saw it).

    The label, which may be shorter than the campaign's name, stands beside its bars.
    """
    found = [Pair(row.campaign, row.label, row.goal or 0, row.streams) for row in rows]
    return _goals(found, "campaign", nothing)


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


def _goals(found: list[Pair], one: str, nothing: str) -> Chart:
    ranked = sorted(found, key=lambda pair: (-pair.goal, pair.name))
    known = [pair for pair in ranked if pair.streams is not None and (pair.goal or pair.streams)]
    if not known:
        return Chart(nothing)
    shown = known[:LONGEST]
    series = [
        Series(0, "goal", tuple(int(pair.goal) for pair in shown)),
        Series(2, "streams in 28 days", tuple(int(pair.streams) for pair in shown)),
    ]
    reached = sum(1 for pair in known if 0 < pair.goal <= pair.streams)
    caption = (
        "Goals beside streams in the 28 days before the newest scrape, of "
        f"{plural(len(known), one)} that a scrape saw: {number(reached) if reached else 'none'} "
        "reached the goal in this window alone."
    )
    best = max(known, key=lambda pair: pair.streams / pair.goal if pair.goal else 0)
    if best.goal:
        furthest = "Furthest beyond it" if best.streams > best.goal else "Nearest to it"
        caption += f" {furthest}: {best.name}, {percent(best.streams, best.goal)}."
    if len(known) > LONGEST:
        caption += f" The chart has the {LONGEST} largest goals."
    return Chart(
        caption,
        bars([pair.label for pair in shown], series, caption),
        tuple((each.color, each.name) for each in series),
        (one.capitalize(), "Goal", "Streams in 28 days", "Of the goal"),
        tuple(
            (pair.name, pair.goal, pair.streams, percent(pair.streams, pair.goal))
            for pair in ranked
        ),
    )
