"""Rows of staging tables as Arrow tables of bounded size, which dlt takes as they are.

rows ──► ArrowBatches.add() ──► ArrowBatches.take() ──► (staging table, Arrow table) ...
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import pyarrow as pa

from loaders.files.staging_schema import BATCH_ROWS, STAGING

ARROW_TYPES = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "bool": pa.bool_(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


def schema_of(dataset: str, table: str) -> pa.Schema:
    """The Arrow schema of one staging table."""
    columns = STAGING[dataset][table]
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])


class ArrowBatches:
    """Collects the rows of one dataset by table, and hands them on when there are enough."""

    def __init__(self, dataset: str) -> None:
        self._schemas = {table: schema_of(dataset, table) for table in STAGING[dataset]}
        self._rows: dict[str, list[Sequence[object]]] = {table: [] for table in self._schemas}
        self._origins: dict[str, list[tuple[str, str]]] = {table: [] for table in self._schemas}

    def add(self, table: str, origin: tuple[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Append rows of one file; `origin` is its SHA-256 and the run's key.

        Values are in the order of the table's columns after the origin.
        """
        self._origins[table] += [origin] * len(rows)
        self._rows[table] += rows

    def take(self, at_least: int = BATCH_ROWS) -> Iterator[tuple[str, pa.Table]]:
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
