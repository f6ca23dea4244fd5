"""A seed that people edit too: read whole, written whole or not at all.

seed.csv ──► read_seed() ──► SeedTable ──► write_seed() ──► seed.csv
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from loaders.atomic_files import write_whole
from loaders.cell_rules import text_key
from loaders.errors import UserError

NULL = "null"  # dbt reads this word in a seed as an empty cell


@dataclass(slots=True)
class SeedTable:
    """The rows of one seed by column."""

    path: Path
    columns: list[str]
    rows: list[dict[str, str]]


def read_seed(path: Path, needed: tuple[str, ...]) -> SeedTable:
    """A seed that has at least these columns. Raises UserError when it cannot be read or lacks one.

    A link is followed, so that writing replaces the file and not the link.
    """
    path = path.resolve()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, restval="", strict=True)
            table = SeedTable(path, list(lines.fieldnames or ()), list(lines))
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{path} cannot be read: {error}. Nothing was written.") from None
    if not set(needed) <= set(table.columns) or any(None in row for row in table.rows):
        raise UserError(
            f"{path} lacks one of the columns {', '.join(needed)}, or has a row with too many "
            "cells. Fix it and run the same command again."
        )
    return table


def write_seed(table: SeedTable) -> None:
    """Write the seed, whole or not at all; a cell that a row lacks is empty, one that the seed has
    no column for is left out. Raises UserError when writing is refused.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    try:
        write_whole(table.path, text.getvalue().encode())
    except OSError as error:
        raise UserError(f"{table.path} cannot be written: {error.strerror}.") from None


def require_storable(*names: str) -> None:
    """Raises UserError when dbt would read one of the names in a seed as an empty cell."""
    if NULL in map(text_key, names):
        raise UserError(
            "dbt reads the name “null” in a seed as an empty cell: correct it in the sheet."
        )
