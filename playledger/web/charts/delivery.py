"""Charts of goals beside streams: of vendors, of campaigns, of one campaign."""

from collections.abc import Iterable

from loaders.text import plural
from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, bars
from playledger.web.charts.streams import WINDOWS
from playledger.web.formatting import number, percent
from playledger.web.ledger_reader import Row

MOST_GROUPS = 10  # of bars in one chart
NO_DATA = {
    "vendor": "No campaign with a vendor has streams yet.",
    "campaign": "None of these campaigns has been scraped yet.",
}


def progress(goal: int | None, streams: dict[str, int | None]) -> Chart:
    """A goal beside the streams of each window; no window holds all streams since the start."""
    scraped = {window: int(count) for window, count in streams.items() if count is not None}
    if not goal or not scraped:
        return Chart(f"No {'goal' if not goal else 'scrape'} to compare with.")
    labels = ["Goal", *(WINDOWS[window] for window in scraped)]
    values = (goal, *scraped.values())
    sums = " and ".join(
        f"{number(count)} streams in {WINDOWS[window]} ({percent(count, goal)})"
        for window, count in scraped.items()
    )
    return Chart(
        f"Goal of {number(goal)}; {sums}. A window counts back from the scrape: it is not the "
        "total since the campaign started.",
        bars(labels, [Series(0, "streams", values)]),
        (),
        ("Measure", "Streams", "Of the goal"),
        tuple(
            (label, each, percent(each, goal)) for label, each in zip(labels, values, strict=True)
        ),
    )


def delivery(rows: Iterable[Row], one: str) -> Chart:
    """Goals and streams in 28 days of each `one`, vendor or campaign: name, label, goal, streams.

    The label, which may be shorter than the name, stands beside the bars; streams are None where
    no scrape was made.
    """
    ranked = sorted(rows, key=lambda each: (-each.goal, each.name))
    scraped = [each for each in ranked if each.streams is not None and (each.goal or each.streams)]
    if not scraped:
        return Chart(NO_DATA[one])
    shown = scraped[:MOST_GROUPS]
    series = [
        Series(0, "goal", tuple(int(each.goal) for each in shown)),
        Series(2, "streams in 28 days", tuple(int(each.streams) for each in shown)),
    ]
    reached = sum(1 for each in scraped if 0 < each.goal <= each.streams)
    caption = (
        "Goals and streams in the 28 days before the latest scrape, for "
        f"{plural(len(scraped), f'scraped {one}')}: {number(reached) if reached else 'none'} "
        "reached the goal within these 28 days."
    )
    best = max(scraped, key=lambda each: each.streams / each.goal if each.goal else 0)
    if best.goal:
        place = "Furthest above" if best.streams > best.goal else "Closest"
        caption += f" {place}: {best.name}, {percent(best.streams, best.goal)}."
    if len(scraped) > MOST_GROUPS:
        caption += f" The chart shows the {MOST_GROUPS} largest goals."
    return Chart(
        caption,
        bars([each.label for each in shown], series),
        series,
        (one.capitalize(), "Goal", "Streams in 28 days", "Of the goal"),
        tuple(
            (each.name, each.goal, each.streams, percent(each.streams, each.goal))
            for each in ranked
        ),
    )
