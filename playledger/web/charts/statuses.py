"""The chart of campaigns by start month and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, columns
from playledger.web.formatting import number
from playledger.web.ledger_reader import Row

# The chart has four colours, its table a column for each status.
COLORS = (0, 2, 3, 1)
GROUPS = {
    "complete": ("complete",),
    "active": ("active",),
    "waiting": ("pending", "unreleased", "paused"),
    "cancelled or other": ("cancelled", "unknown"),  # and any that a seed adds
}
MOST_MONTHS = 24  # in the chart; its table has all


def status_by_month(rows: Iterable[Row]) -> Chart:
    """Campaigns by start month: month (its first day), status, campaigns."""
    found: dict[date, Counter[str]] = {}
    for row in rows:
        if row.month is not None:
            found.setdefault(row.month, Counter())[row.status] += row.campaigns
    if not found:
        return Chart("No campaign has a start date.")
    months = _months(min(found), max(found))
    shown = months[-MOST_MONTHS:]
    grouped = [_grouped(found.get(month, Counter())) for month in shown]
    series = [
        Series(color, name, tuple(each[name] for each in grouped))
        for color, name in zip(COLORS, GROUPS, strict=True)
    ]
    series = [each for each in series if any(each.values)]
    named = [status for group in GROUPS.values() for status in group]
    statuses = [status for status in named if any(found[month][status] for month in found)]
    statuses += sorted({status for month in found for status in found[month]}.difference(named))
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


def _grouped(statuses: Counter[str]) -> Counter[str]:
    """Campaigns of one month by colour of the chart."""
    grouped: Counter[str] = Counter()
    for status, campaigns in statuses.items():
        known = (name for name, group in GROUPS.items() if status in group)
        grouped[next(known, list(GROUPS)[-1])] += campaigns
    return grouped


def _months(first: date, last: date) -> list[date]:
    """Every month from one to the other, as its first day."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + nth) // 12, (start + nth) % 12 + 1, 1) for nth in range(count)]
