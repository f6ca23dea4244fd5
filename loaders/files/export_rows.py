"""Rows of an export in the order of staging, some at a time.

cells of a record ──► row_builder() ──► (source row, 26 cells or None, unknown cells as JSON)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from loaders.files.export_header import is_separator_line
from loaders.files.rejected_record import RejectedRecord
from loaders.files.staging_schema import EXPORT_COLUMNS

Row = tuple[object, ...]
RowBuilder = Callable[[int, list[str]], Row]
# Places in a row, which begins with its number.
CAMPAIGN = 1 + list(EXPORT_COLUMNS).index("campaign")
LAST_MODIFIED = 1 + list(EXPORT_COLUMNS).index("last_modified")


@dataclass(slots=True)
class ExportBatch:
    """Some rows of an export: (source row, 26 cells or None, unknown cells as JSON or None)."""

    rows: list[Row] = field(default_factory=list)
    rejected: list[RejectedRecord] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def campaigns(self) -> list[str]:
        """The names of the campaigns."""
        return [row[CAMPAIGN] for row in self.rows]

    @property
    def changes(self) -> list[str | None]:
        """The cells of `Last Modified`, None where there is no such column."""
        return [row[LAST_MODIFIED] for row in self.rows]


def row_builder(width: int, positions: dict[str, int], unknown: dict[str, int]) -> RowBuilder:
    """A function that puts a row and its cells into the order of staging, unknown ones as JSON."""
    order = [positions.get(column) for column in EXPORT_COLUMNS]
    if order == list(range(width)):
        return lambda source_row, cells: (source_row, *cells, None)

    def row_of(source_row: int, cells: list[str]) -> Row:
        known = (None if position is None else cells[position] for position in order)
        extra = {name: cells[at] for name, at in unknown.items() if cells[at].strip()}
        return source_row, *known, orjson.dumps(extra).decode() if extra else None

    return row_of


def above_header(lines: tuple[str, ...], cells: list[str]) -> str | None:
    """Why a record above the header is rejected; None for a blank one or `sep=;`."""
    is_skipped = is_separator_line("".join(lines)) or not any(map(str.strip, cells or lines))
    return None if is_skipped else "above_header"
