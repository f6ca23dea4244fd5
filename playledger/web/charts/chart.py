"""What a chart is: a drawing with its caption, its legend and the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playledger.web.charts.drawing import Drawing, Series

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its words; `drawing` is None where there is no data.

    `series` are named in a legend, `header` and `rows` are the table.
    """

    caption: str
    drawing: Drawing | None = None
    series: Sequence[Series] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
