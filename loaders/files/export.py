"""Read a campaign export: a CSV file in, campaign rows and rejected rows out.

    export.csv ──► inspect_export() ──► ExportShape ──► read_export() ──► ExportBatch ...

Accepted are a byte order mark, any line ends, quoted line breaks, UTF-8 or Windows-1252, comma,
semicolon or tab, headers in any order and case. The file is described in docs/contract.md, 1.1.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from loaders.errors import UserError
from loaders.files.csv_records import read_records
from loaders.files.encoding import Encoding, detect_encoding
from loaders.files.export_header import find_header, is_separator_line, name_columns
from loaders.files.rejected_record import RejectedRecord, postgres_text
from loaders.files.row_kind import RowKinds
from loaders.files.staging_schema import BATCH_ROWS, EXPORT_COLUMNS

log = logging.getLogger(__name__)
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class ExportShape:
    """How an export is written and which columns it has.

    `positions` gives each known column's place in a row, from 0; `unknown` that of the others, by
    header. `header_row` counts as a spreadsheet does.
    """

    path: Path
    encoding: Encoding
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    positions: dict[str, int]
    unknown: dict[str, int]

    @property
    def columns(self) -> list[str]:
        """The names of the file's columns: staging's for known ones, the header for others."""
        return [*self.positions, *self.unknown]

    @property
    def is_view(self) -> bool:
        """Whether this is a filtered view: it lacks columns of the list and has others."""
        return bool(self.unknown) and len(self.positions) < len(EXPORT_COLUMNS)

    @property
    def summary(self) -> str:
        """One line for a person: encoding, delimiter, missing and unknown columns."""
        missing = [name for key, name in EXPORT_COLUMNS.items() if key not in self.positions]
        parts = [self.encoding.label, f"{DELIMITERS[self.delimiter]}-separated"]
        parts.append(f"{len(self.positions)} of {len(EXPORT_COLUMNS)} known columns")
        if missing:
            parts.append("without " + ", ".join(missing))
        if self.header_row > 1:
            parts.append(f"header in row {self.header_row}")
        if self.unknown:
            parts.append("with unknown columns " + ", ".join(self.unknown))
        return "; ".join(parts)


@dataclass(slots=True)
class ExportBatch:
    """Some rows of an export: (source row, 26 cells or None, unknown cells as JSON or None)."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[RejectedRecord] = field(default_factory=list)


def inspect_export(path: Path, encoding: str | None = None) -> ExportShape:
    """How to read an export; UserError when the file is none, is empty or names a column twice."""
    written = detect_encoding(path, encoding)
    candidates = [_read_header(path, written, delimiter) for delimiter in DELIMITERS]
    best = max(candidates, key=lambda shape: len(shape.positions))
    if "campaign" not in best.positions:
        with written.open(path) as lines:
            first = next((line.strip() for line in lines if line.strip()), "")
        raise UserError(
            f"{path.name} is no campaign export: its first line has no column `Campaign`, or a "
            f"quote that is never closed (it begins {first[:60]!r}).\n"
            "Export the campaign list as CSV and load that file. Nothing was loaded."
        )
    records = read_records(path, written, best.delimiter)
    rows = (lines for row, _, lines, _ in records if row > best.header_row)
    if not any(line.strip() for lines in rows for line in lines):
        raise UserError(f"{path.name} has a header and no rows. Nothing was loaded.")
    log.debug("%s: %s", path, best.summary)
    return best


def read_export(shape: ExportShape) -> Iterator[ExportBatch]:
    """The rows of an export in the order of the file, at most `BATCH_ROWS` at a time.

    A row that cannot be read is rejected with its text, and the next one is read. Bad content never
    raises; OSError when the file cannot be read.
    """
    row_of = _row_builder(shape)
    problem_of = RowKinds(shape.header, shape.positions["campaign"]).problem
    batch = ExportBatch()
    for source_row, cells, lines, problem in read_records(
        shape.path, shape.encoding, shape.delimiter
    ):
        if source_row <= shape.header_row:
            is_header = source_row == shape.header_row
            problem = None if is_header else problem or _above_header(lines, cells)
            if not problem:
                continue
        problem = problem or problem_of(cells)
        if problem:
            text = "".join(lines)
            batch.rejected.append(RejectedRecord(problem, f"row {source_row}", text, source_row))
        else:
            batch.rows.append(row_of(source_row, cells))
        if len(batch.rows) + len(batch.rejected) >= BATCH_ROWS:
            yield batch
            batch = ExportBatch()
    yield batch


def _read_header(path: Path, encoding: Encoding, delimiter: str) -> ExportShape:
    header_row, header = find_header(path, encoding, delimiter)
    positions: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for position, (name, column) in enumerate(zip(header, name_columns(header), strict=True)):
        if column in positions:
            raise UserError(
                f"{path.name} has the column `{name.strip()}` twice (columns "
                f"{positions[column] + 1} and {position + 1}).\n"
                "Remove one of them and load the file again. Nothing was loaded."
            )
        if column:
            positions[column] = position
        else:
            label = postgres_text(name.strip()) or f"column {position + 1}"
            while label in unknown:
                label += f" ({position + 1})"
            unknown[label] = position
    return ExportShape(path, encoding, delimiter, header, header_row, positions, unknown)


def _above_header(lines: tuple[str, ...], cells: list[str]) -> str | None:
    """Why a record above the header is rejected; None for a blank one or `sep=;`."""
    is_skipped = is_separator_line("".join(lines)) or not any(map(str.strip, cells or lines))
    return None if is_skipped else "above_header"


def _row_builder(shape: ExportShape) -> Callable[[int, list[str]], tuple[object, ...]]:
    """A function that puts a row and its cells into the order of staging, unknown ones as JSON."""
    order = [shape.positions.get(column) for column in EXPORT_COLUMNS]
    if order == list(range(len(shape.header))):
        return lambda source_row, cells: (source_row, *cells, None)

    def row_of(source_row: int, cells: list[str]) -> tuple[object, ...]:
        known = (None if position is None else cells[position] for position in order)
        extra = {name: cells[at] for name, at in shape.unknown.items() if cells[at].strip()}
        return source_row, *known, orjson.dumps(extra).decode() if extra else None

    return row_of
