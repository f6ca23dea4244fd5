"""The Arrow pieces that the readers fill the staging tables with, and what did not become data.

rows ──► Pieces.add() ──► Pieces.take() ──► Arrow tables of bounded size
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa

from loaders.files.staging_schema import STAGING

PIECE_ROWS = 5_000

ARROW_TYPES = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "bool": pa.bool_(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, window or file that did not become data.

    `place` says where a person looks (`row 12`, `window 28day`, `file`); `source_row` counts as a
    spreadsheet does, the header being row 1.
    """

    reason: str
    place: str
    raw_text: str
    source_row: int | None = None

    def as_row(self) -> tuple[object, ...]:
        """The columns of `rejected_records` after the origin."""
        return (self.source_row, self.place, self.reason, storable(self.raw_text))


def storable(text: str) -> str:
    """Text that PostgreSQL takes: NUL and bytes of another encoding become `\\x00`, `\\x9d`."""
    escaped = text.replace("\x00", "\\x00")
    return "".join(
        f"\\x{ord(character) - 0xDC00:02x}" if "\udc80" <= character <= "\udcff" else character
        for character in escaped
    )


def schema_of(dataset: str, table: str) -> pa.Schema:
    """The Arrow schema of one staging table."""
    columns = STAGING[dataset][table]
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])


class Pieces:
    """Collects rows per table and hands them on as Arrow tables of bounded size."""

    def __init__(self, dataset: str) -> None:
        self._schemas = {table: schema_of(dataset, table) for table in STAGING[dataset]}
        self._rows: dict[str, list[Sequence[object]]] = {table: [] for table in self._schemas}
        self._origins: dict[str, list[tuple[str, str]]] = {table: [] for table in self._schemas}

    def add(self, table: str, origin: tuple[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Append rows of one origin, each with its values in the order of the table's columns."""
        self._origins[table] += [origin] * len(rows)
        self._rows[table] += rows

    def take(self, at_least: int = PIECE_ROWS) -> Iterator[tuple[str, pa.Table]]:
        """The tables that hold that many rows or more, emptied here."""
        for table, rows in self._rows.items():
            if rows and len(rows) >= at_least:
                schema = self._schemas[table]
                cells = chain(zip(*self._origins[table], strict=True), zip(*rows, strict=True))
                columns = [
                    pa.array(values, field.type)
                    for values, field in zip(cells, schema, strict=True)
                ]
                self._rows[table], self._origins[table] = [], []
                yield table, pa.Table.from_arrays(columns, schema=schema)
