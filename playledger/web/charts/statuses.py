"""The chart of campaigns by the month they start in, and by how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from playledger.web.charts.chart import Chart
from playledger.web.charts.drawing import Series, columns
from playledger.web.formatting import number
from playledger.web.ledger_reader import Row

# What stands together in the chart, which has four colours; its table has each.
COLORS = (0, 2, 3, 1)
STATES = {
    "complete": ("complete",),
    "active": ("active",),
    "waiting": ("pending", "unreleased", "paused"),
    "cancelled or other": ("cancelled", "unknown"),  # and what seeds may add
}
MONTHS = 24  # that the chart shows; its table has all


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
    counted = [_grouped(found.get(month, Counter())) for month in shown]
    series = [
        Series(place, name, tuple(each[name] for each in counted))
        for place, name in zip(COLORS, STATES, strict=True)
    ]
    series = [each for each in series if any(each.values)]
    named = [each for states in STATES.values() for each in states]
    states = [each for each in named if any(found[month][each] for month in found)]
    states += sorted({each for month in found for each in found[month]}.difference(named))
    fullest = max(
        (month for month in shown if month in found),
        key=lambda month: (sum(found[month].values()), month),
    )
    last = max(found)
    caption = (
        f"Campaigns by the month they start in{_newest(shown, months)}: "
        f"{number(sum(found[fullest].values()))} in {fullest:%B %Y}"
    )
    if fullest != last:
        caption += f", the most; {number(sum(found[last].values()))} in {last:%B %Y}, the last"
    caption += "."
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


def _grouped(states: Counter[str]) -> Counter[str]:
    """Campaigns of one month by what stands together."""
    grouped: Counter[str] = Counter()
    for state, campaigns in states.items():
        known = (name for name, held in STATES.items() if state in held)
        grouped[next(known, list(STATES)[-1])] += campaigns
    return grouped


def _months(first: date, last: date) -> list[date]:
    """Every month from one to the other, as its first day."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + nth) // 12, (start + nth) % 12 + 1, 1) for nth in range(count)]


def _newest(shown: list[date], months: list[date]) -> str:
    return f", the last {len(shown)} months" if len(shown) < len(months) else ""
