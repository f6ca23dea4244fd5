"""What a chart is: a drawing with its caption, its legend and the table of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playledger.web.charts.drawing import Drawing, Series

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its words; `drawing` is None where there is no data.

    `legend` has (colour, name) of each series, `header` and `rows` the table.
    """

    caption: str
    drawing: Drawing | None = None
    legend: tuple[tuple[int, str], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def legend_of(series: list[Series]) -> tuple[tuple[int, str], ...]:
    """(colour, name) of each series."""
    return tuple((each.color, each.name) for each in series)
