"""One seed as a table that people edit too: read whole, written whole or not at all.

seed.csv ──► read_table() ──► Table ──► write_table() ──► seed.csv
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from loaders.atomic_files import write_whole
from loaders.errors import UserError


@dataclass(slots=True)
class Table:
    """The lines of one seed by their columns."""

    path: Path
    columns: list[str]
    rows: list[dict[str, str]] = field(default_factory=list)

    def add(self, cells: dict[str, str]) -> dict[str, str]:
        """A new line; columns that are not named stay empty."""
        row = {column: cells.get(column, "") for column in self.columns}
        self.rows.append(row)
        return row


def read_table(path: Path, needed: tuple[str, ...]) -> Table:
    """A seed with these columns; UserError when it cannot be read or is not of this form."""
    path = path.resolve()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, restval="", strict=True)
            table = Table(path, list(lines.fieldnames or ()), list(lines))
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{path} cannot be read: {error}. Nothing was written.") from None
    if not set(needed) <= set(table.columns) or any(None in row for row in table.rows):
        raise UserError(
            f"{path} has not the columns {', '.join(needed)}, or a line with too many cells. "
            "Mend it and run the same command again."
        )
    return table


def write_table(table: Table) -> None:
    """Write a seed whole or not at all; UserError when it cannot be written."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    try:
        write_whole(table.path, text.getvalue().encode())
    except OSError as error:
        raise UserError(f"{table.path} cannot be written: {error.strerror}.") from None
