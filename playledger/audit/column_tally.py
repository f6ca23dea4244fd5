"""Columns of numbers, prices and boxes of an export: their sums, and what of them cannot be read.

rows of an export ──► ColumnTally ──► sums by figure, columns without one readable cell
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from loaders.cell_rules import single_line
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.link_rules import sfa_ids
from playledger.audit.reread_numbers import amount, check_mark, whole_number

if TYPE_CHECKING:
    import pandas as pd


def sfa_box(cell: str) -> bool | None:
    """The box SFA: a link to a song's page counts as ticked."""
    return True if sfa_ids(cell) else check_mark(cell)


READERS: dict[str, Callable[[str], int | Decimal | None]] = {
    **dict.fromkeys(("goal", "remaining", "daily", "weekly"), whole_number),
    "sale_price": amount,
    **dict.fromkeys(("paid_vendor", "notify_vendor", "ask_for_sfa", "update_client"), check_mark),
    "sfa": sfa_box,
}
BOXES = {column for column, read in READERS.items() if read in (check_mark, sfa_box)}
FIGURES = {column: f"{column}_ticked" if column in BOXES else column for column in READERS}


@dataclass(frozen=True, slots=True)
class Unread:
    """A column in which cells could not be read: how many of the filled ones, and which texts."""

    header: str
    filled: int
    unread: int
    examples: tuple[str, ...]


@dataclass
class ColumnTally:
    """Sums of the columns that hold numbers, prices or boxes; a ticked box counts as one."""

    sums: dict[str, int | Decimal] = field(default_factory=lambda: dict.fromkeys(READERS, 0))
    filled: Counter[str] = field(default_factory=Counter)
    unread: dict[str, Counter[str]] = field(
        default_factory=lambda: {column: Counter() for column in READERS}
    )

    def add(self, frame: pd.DataFrame) -> None:
        """Add some rows; the columns that are not in it count as empty."""
        for column in READERS.keys() & {*frame.columns}:
            times = Counter(frame[column].tolist())
            for cell, count in times.items():
                if cell.strip():
                    self._add_cell(column, cell, count)

    def figures(self) -> dict[str, int | Decimal]:
        """The sums by the names of the account's figures."""
        return {figure: self.sums[column] for column, figure in FIGURES.items()}

    def unread_figures(self) -> frozenset[str]:
        """Figures of columns that have filled cells of which not one could be read."""
        return frozenset(
            FIGURES[column]
            for column, count in self.filled.items()
            if self.unread[column].total() == count
        )

    def unread_columns(self) -> list[Unread]:
        """The columns in which some cells could not be read, most first."""
        found = [
            Unread(
                EXPORT_COLUMNS[column],
                self.filled[column],
                texts.total(),
                tuple(text for text, _ in texts.most_common(3)),
            )
            for column, texts in self.unread.items()
            if texts
        ]
        return sorted(found, key=lambda each: -each.unread)

    def _add_cell(self, column: str, cell: str, count: int) -> None:
        value = READERS[column](cell)
        self.filled[column] += count
        if value is None:
            self.unread[column][single_line(cell)] += count
        else:
            self.sums[column] += value * count
