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
import pyarrow.compute as pc
from pyarrow import csv

from loaders.arrow_arrays import joined_text, text_scalar
from loaders.files.clean_records import CleanBatch
from loaders.files.staging_schema import BATCH_ROWS, ORIGIN, STAGING

ARROW_TYPES = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "bool": pa.bool_(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}
WITHOUT_HEADER = csv.WriteOptions(include_header=False)
PART_BYTES = 64 << 20  # parts of one table are copied side by side, in 3 s where one took 6
Origin = tuple[str, str]  # SHA-256 of the file, key of the run


class CsvParts:
    """Writes the rows of one dataset to files in a folder.

    A file has one table and one order of columns, which its first line names; behind `PART_BYTES`
    the next one begins.
    """

    def __init__(self, dataset: str, folder: Path) -> None:
        self._folder = folder
        self._schemas = {
            table: pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])
            for table, columns in STAGING[dataset].items()
        }
        self._columns: dict[str, list[list[object]]] = {
            table: [[] for _ in schema] for table, schema in self._schemas.items()
        }
        self._files: dict[tuple[str, ...], BinaryIO] = {}
        self._paths: dict[str, list[Path]] = {table: [] for table in self._schemas}

    def add(
        self, table: str, origin: Origin, rows: Sequence[Sequence[object]] | CleanBatch
    ) -> None:
        """Append rows of one file, whose values are in the order of the columns after the origin,
        or clean records of an export.
        """
        if isinstance(rows, CleanBatch):
            self._write_records(table, origin, rows)
            return
        if not rows:
            return
        columns, repeated = self._columns[table], ([text] * len(rows) for text in origin)
        for column, values in zip(columns, chain(repeated, zip(*rows, strict=True)), strict=True):
            column += values
        if len(columns[0]) >= BATCH_ROWS:
            self._write_rows(table)

    def finish(self) -> dict[str, list[Path]]:
        """The files of each table, written whole and closed; of one without rows its header."""
        for table, columns in self._columns.items():
            if columns[0]:
                self._write_rows(table)
        for table in self._columns.keys() - {key[0] for key in self._files}:
            self._file(table, *self._schemas[table].names)
        for key in list(self._files):
            self._close(key)
        return self._paths

    def _close(self, key: tuple[str, ...]) -> None:
        file = self._files.pop(key)
        file.close()
        self._paths[key[0]].append(Path(file.name))

    def _write_rows(self, table: str) -> None:
        schema, columns = self._schemas[table], self._columns[table]
        arrays = [
            pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)
        ]
        self._columns[table] = [[] for _ in schema]
        rows = pa.Table.from_arrays(arrays, schema=schema)
        csv.write_csv(rows, self._file(table, *schema.names), WITHOUT_HEADER)

    def _write_records(self, table: str, origin: Origin, batch: CleanBatch) -> None:
        file = self._file(table, *ORIGIN, "source_row", *batch.layout.columns)
        sha256, run_key, comma = map(text_scalar, (*origin, ","))
        columns = sha256, run_key, pc.cast(batch.numbers, pa.string()), batch.records
        file.write(joined_text(pc.binary_join_element_wise(*columns, comma)))

    def _file(self, *key: str) -> BinaryIO:
        """The file of a table and its columns."""
        if key in self._files and self._files[key].tell() > PART_BYTES:
            self._close(key)
        if key not in self._files:
            self._folder.mkdir(exist_ok=True)
            place = len(self._files) + sum(map(len, self._paths.values()))
            self._files[key] = (self._folder / f"{place}.csv").open("wb")
            self._files[key].write(",".join(key[1:]).encode() + b"\n")
        return self._files[key]
