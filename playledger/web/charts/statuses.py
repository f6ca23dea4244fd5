"""The chart of campaigns by start month and status."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, columns
from playledger.web.formatting import number
from playledger.web.ledger_reader import Row

# The chart has four colours, its table a column for each status. One that a seed adds is OTHER.
WAITING, OTHER, NO_STATUS = "waiting", "cancelled or other", "without a status"
COLORS = {"complete": 0, "active": 2, WAITING: 3, OTHER: 1}
GROUP_OF = {
    "complete": "complete", "active": "active", "pending": WAITING, "unreleased": WAITING,
    "paused": WAITING, "cancelled": OTHER, "unknown": OTHER,
}  # fmt: skip
MOST_MONTHS = 24  # in the chart; its table has all


def status_by_month(rows: Iterable[Row]) -> Chart:
    """Campaigns by start month: month (its first day), status, campaigns."""
    found: dict[date, Counter[str]] = {}
    for row in rows:
        if row.month is not None:
            found.setdefault(row.month, Counter())[row.status or NO_STATUS] += row.campaigns
    if not found:
        return Chart("No campaign has a start date.")
    first, last = (12 * month.year + month.month - 1 for month in (min(found), max(found)))
    months = [date(nth // 12, nth % 12 + 1, 1) for nth in range(first, last + 1)]
    shown = months[-MOST_MONTHS:]
    grouped = {month: Counter[str]() for month in shown}
    for month in found.keys() & grouped.keys():
        for status, campaigns in found[month].items():
            grouped[month][GROUP_OF.get(status, OTHER)] += campaigns
    series = [
        Series(color, name, tuple(grouped[month][name] for month in shown))
        for name, color in COLORS.items()
    ]
    series = [each for each in series if any(each.values)]
    statuses = [status for status in GROUP_OF if any(found[month][status] for month in found)]
    statuses += sorted({status for month in found for status in found[month]} - GROUP_OF.keys())
    return Chart(
        _caption({month: sum(counts.values()) for month, counts in found.items()}, shown, months),
        columns([f"{month:%b %Y}" for month in shown], series),
        series,
        ("Month", *(status.capitalize() for status in statuses), "All"),
        tuple(
            (
                f"{month:%B %Y}",
                *(found[month][status] for status in statuses),
                sum(found[month].values()),
            )
            for month in sorted(found, reverse=True)
        ),
    )


def _caption(totals: dict[date, int], shown: list[date], months: list[date]) -> str:
    last = max(totals)
    fullest = max((month for month in shown if month in totals), key=lambda at: (totals[at], at))
    caption = "Campaigns by start month"
    if len(shown) < len(months):
        caption += f", the last {len(shown)} months"
    caption += f": {number(totals[fullest])} in {fullest:%B %Y}"
    if fullest != last:
        caption += f", the most; {number(totals[last])} in {last:%B %Y}, the latest"
    return f"{caption}."
