"""What a chart is: a picture with the words and the table to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

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
