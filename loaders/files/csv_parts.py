"""Rows of staging tables as CSV files, which dlt hands to COPY as they are.

    rows, clean records ──► CsvParts.add() ──► CSV files, some for each table

Rows go through Arrow, which quotes them; clean records are copied behind their origin. dlt's own
way from Arrow, over Parquet, took twice the time of the whole extraction.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import csv

from loaders.files.clean_records import CleanBatch
from loaders.files.staging_schema import BATCH_ROWS, ORIGIN, STAGING

ARROW_TYPES = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "bool": pa.bool_(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}
WITHOUT_HEADER = csv.WriteOptions(include_header=False)
Origin = tuple[str, str]  # SHA-256 of the file, key of the run


def schema_of(dataset: str, table: str) -> pa.Schema:
    """The Arrow schema of one staging table."""
    columns = STAGING[dataset][table]
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])


class CsvParts:
    """Writes the rows of one dataset to files in a folder.

    A file has one table and one order of columns, which its first line names.
    """

    def __init__(self, dataset: str, folder: Path) -> None:
        self._folder = folder
        self._schemas = {table: schema_of(dataset, table) for table in STAGING[dataset]}
        self._rows: dict[str, list[Sequence[object]]] = {table: [] for table in self._schemas}
        self._origins: dict[str, list[Origin]] = {table: [] for table in self._schemas}
        self._files: dict[tuple[str, ...], BinaryIO] = {}

    def add(
        self, table: str, origin: Origin, rows: Sequence[Sequence[object]] | CleanBatch
    ) -> None:
        """Append rows of one file, whose values are in the order of the columns after the origin,
        or clean records of an export.
        """
        if isinstance(rows, CleanBatch):
            self._write_records(table, origin, rows)
            return
        self._origins[table] += [origin] * len(rows)
        self._rows[table] += rows
        if len(self._rows[table]) >= BATCH_ROWS:
            self._write_rows(table)

    def finish(self) -> dict[str, list[Path]]:
        """The files of each table, written whole and closed."""
        for table, rows in self._rows.items():
            if rows:
                self._write_rows(table)
        paths: dict[str, list[Path]] = {table: [] for table in self._schemas}
        for (table, *_), file in self._files.items():
            file.close()
            paths[table].append(Path(file.name))
        return paths

    def _write_rows(self, table: str) -> None:
        schema = self._schemas[table]
        columns = chain(
            zip(*self._origins[table], strict=True), zip(*self._rows[table], strict=True)
        )
        arrays = [
            pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)
        ]
        self._rows[table], self._origins[table] = [], []
        rows = pa.Table.from_arrays(arrays, schema=schema)
        csv.write_csv(rows, self._file(table, *schema.names), WITHOUT_HEADER)

    def _write_records(self, table: str, origin: Origin, batch: CleanBatch) -> None:
        file = self._file(table, *ORIGIN, "source_row", *batch.layout.columns)
        start = ",".join(origin).encode()
        numbered = zip(batch.numbers, batch.records, strict=True)
        file.write(b"".join([b"%b,%d,%b\n" % (start, *each) for each in numbered]))

    def _file(self, *key: str) -> BinaryIO:
        """The file of a table and its columns."""
        if key not in self._files:
            self._folder.mkdir(exist_ok=True)
            self._files[key] = (self._folder / f"{len(self._files)}.csv").open("wb")
            self._files[key].write(",".join(key[1:]).encode() + b"\n")
        return self._files[key]
