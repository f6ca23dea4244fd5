"""Records of an export that need no decision, kept as they stand in the file.

    bytes, ends of their records ──► split_records() ──► CleanBatch ...

Records that may be no campaigns are read one by one, as `read_carefully` does. What Arrow may read
otherwise than Python's csv gives None: it is read carefully. A million rows take 4 s so, 24 s with
Python's csv, 5 s with DuckDB into Arrow.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.files.export_rows import Row, row_builder
from loaders.files.rejected_record import RejectedRecord
from loaders.files.row_kind import RowKinds
from loaders.files.staging_schema import BATCH_ROWS

if TYPE_CHECKING:  # slow to import
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

DELIMITER = ","
READ = ("campaign", "last_modified", "client", "vendor", "playlists")
# Names that row_kind.py may take for something else, and more: no letter beside those of
# `Campaign`, or a beginning like that of a row of totals.
SUSPICIOUS = (
    r"(?i)^[^bdefhjkloq-z0-9]*$"
    r"|^[^\pL\pN]*(?:grand|[sſ]ub|overall|total|[sſ]um|average|avg|mean|med.an|count)"
)


class Layout:
    """What the records of an export look like: how many cells, and where the known columns are."""

    def __init__(self, header: tuple[str, ...], positions: dict[str, int]) -> None:
        self.problem_of = RowKinds(header, positions["campaign"]).problem
        self.row_of = row_builder(len(header), positions, {})
        self.columns = list(positions)
        self.names = [str(place) for place in range(len(header))]
        self.wanted = {name: self.names[positions[name]] for name in READ if name in positions}


@dataclass(frozen=True)
class CleanBatch:
    """Campaigns of an export with their source rows, and records between them that are none.

    `records` are lines of CSV, each with its line feed, `cells` the columns of them that a load
    `READ`s. What it has in common with export_rows.ExportBatch has the same names.
    """

    numbers: pa.Array
    records: pa.Array
    cells: pa.Table
    rejected: list[RejectedRecord]
    layout: Layout = field(compare=False, repr=False)

    @property
    def rows(self) -> list[Row]:
        """The rows in the order of staging."""
        cells = map(_read_cells, self.records.to_pylist())
        return list(map(self.layout.row_of, self.numbers.to_pylist(), cells))

    @property
    def campaigns(self) -> list[str]:
        """The names of the campaigns."""
        return self.column("campaign").to_pylist()

    @property
    def changes(self) -> list[str | None]:
        """The cells of `Last Modified`, None where there is no such column."""
        cells = self.column("last_modified")
        return [None] * len(self) if cells is None else cells.to_pylist()

    def column(self, name: str) -> pa.ChunkedArray | None:
        """The cells of a column that is `READ`, None where there is no such column."""
        place = self.layout.wanted.get(name)
        return place and self.cells.column(place)

    def distinct(self, name: str) -> list[str]:
        """The cells of a column, each once."""
        import pyarrow.compute as pc

        cells = self.column(name)
        return [] if cells is None else pc.unique(cells).to_pylist()

    def __len__(self) -> int:
        return len(self.records)


def split_records(
    block: bytes, ends: np.ndarray, first_row: int, layout: Layout
) -> Iterator[tuple[CleanBatch | None, int, int]]:
    """(batch, bytes, records) of the records with these ends, the first of this source row.

    The batch is None where two readers might not find the same.
    """
    start = 0
    for at in range(0, len(ends), BATCH_ROWS):
        some = ends[at : at + BATCH_ROWS] + 1
        part = block[start : some[-1]]
        yield _read_batch(part, some - start, first_row + at, layout), len(part), len(some)
        start = some[-1]


def _read_cells(record: str) -> list[str]:
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=DELIMITER, strict=True))


def _read_batch(
    block: bytes, ends: np.ndarray, first_row: int, layout: Layout
) -> CleanBatch | None:
    import numpy as np
    import pyarrow.compute as pc

    from loaders.arrow_arrays import number_array, text_array

    if block.startswith(codecs.BOM_UTF8):
        return None  # of a cell, which Arrow takes for the file's own
    table, odd = _read_columns(block, layout)
    is_clean = np.ones(len(ends), bool)
    is_clean[odd] = False
    places = np.flatnonzero(is_clean)
    if table.num_rows != len(places):
        return None
    is_suspicious = pc.match_substring_regex(table.column(0), SUSPICIOUS)
    suspicious = places[pc.indices_nonzero(is_suspicious).to_pylist()]
    texts = text_array(block, ends)
    rejected = []
    for place in sorted([*odd, *suspicious.tolist()]):
        text = texts[place].as_py()
        if reason := layout.problem_of(_read_cells(text)):
            row = first_row + place
            rejected.append(RejectedRecord(reason, f"row {row}", text, row))
            is_clean[place] = False
    kept = np.flatnonzero(is_clean)
    if rejected:
        table = table.take(number_array(np.flatnonzero(is_clean[places])))
        texts = texts.take(number_array(kept))
    if b"\r" in block:
        texts = _with_line_feeds(texts)
    return CleanBatch(number_array(first_row + kept), texts, table, rejected, layout)


def _with_line_feeds(texts: pa.Array) -> pa.Array:
    """COPY takes one kind of line end."""
    import pyarrow.compute as pc

    from loaders.arrow_arrays import text_scalar

    ended = pc.ascii_rtrim(texts, "\r\n"), text_scalar("\n"), text_scalar("")
    return pc.binary_join_element_wise(*ended)


def _read_columns(block: bytes, layout: Layout) -> tuple[pa.Table, list[int]]:
    """The columns to read of the records, and the places of those of another width."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    odd: list[int] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        odd.append(row.number - 1)
        return "skip"

    table = arrow_csv.read_csv(
        pa.py_buffer(block),
        read_options=arrow_csv.ReadOptions(
            column_names=layout.names, use_threads=False, block_size=len(block) + 1
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=DELIMITER, newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(layout.wanted.values()),
            column_types=dict.fromkeys(layout.wanted.values(), pa.string()),
            null_values=[],
        ),
    )
    return table, odd
