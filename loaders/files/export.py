"""Read a campaign export: a CSV file in, campaign rows and rejected rows out.

    export.csv ──► inspect_export() ──► ExportShape ──► read_export() ──► ExportBatch ...

Accepted are a byte order mark, any line ends, quoted line breaks, UTF-8 or Windows-1252, comma,
semicolon or tab, headers in any order and case. The file is described in docs/contract.md, 1.1.
"""

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import UserError
from loaders.files.clean_records import DELIMITER, CleanBatch, Layout, split_records
from loaders.files.code_page import is_utf8
from loaders.files.csv_records import Place, read_records
from loaders.files.encoding import BLOCK, Encoding, detect_encoding
from loaders.files.export_header import find_header, name_columns
from loaders.files.export_rows import ExportBatch, above_header, row_builder
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
    def may_be_clean(self) -> bool:
        """Whether its records can be copied as they stand: UTF-8, commas and known columns."""
        written = self.encoding.codec, self.delimiter
        return written == ("utf-8-sig", DELIMITER) and not self.unknown

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


def read_export(shape: ExportShape) -> Iterator[CleanBatch | ExportBatch]:
    """The rows of an export in the order of the file, at most `BATCH_ROWS` at a time.

    A row that cannot be read is rejected with its text, and the next one is read. Bad content never
    raises; OSError when the file cannot be read. Clean records stay as they are, and the next block
    after an unusual one may be clean again.
    """
    if not shape.may_be_clean:
        yield from read_carefully(shape)
        return
    place, until = Place(len(shape.encoding.mark)), 0
    while True:
        yield from read_carefully(shape, place, until)
        if until >= shape.encoding.size:
            return
        until = yield from _read_clean(shape, place)


def read_carefully(
    shape: ExportShape, place: Place | None = None, until: int | None = None
) -> Iterator[ExportBatch]:
    """The rows of an export, each record looked at by itself; see read_export.

    From a `place`, which moves on with the records, until the header is read and so many bytes.
    """
    row_of = row_builder(len(shape.header), shape.positions, shape.unknown)
    problem_of = RowKinds(shape.header, shape.positions["campaign"]).problem
    written, batch = (shape.path, shape.encoding, shape.delimiter), ExportBatch()
    for source_row, cells, lines, problem in read_records(*written, is_whole=True, start=place):
        if place:
            place.row = source_row
            place.byte += len("".join(lines).encode("utf-8", "surrogateescape"))
        if source_row < shape.header_row:
            problem = problem or above_header(lines, cells)
        elif source_row > shape.header_row and (cells or problem):
            problem = problem or problem_of(cells)
            if not problem:
                batch.rows.append(row_of(source_row, cells))
        if problem and source_row != shape.header_row:
            text = "".join(lines)
            batch.rejected.append(RejectedRecord(problem, f"row {source_row}", text, source_row))
        if place and until is not None and source_row >= shape.header_row and place.byte >= until:
            break
        if len(batch) + len(batch.rejected) >= BATCH_ROWS:
            yield batch
            batch = ExportBatch()
    if batch.rows or batch.rejected:
        yield batch


def _read_clean(shape: ExportShape, place: Place) -> Generator[CleanBatch, None, int]:
    """Clean rows from a place on, which moves with them; returns the end of what is not clean."""
    from loaders.files.record_ends import find_ends  # NumPy is slow to import

    layout = Layout(shape.header, shape.positions)
    with shape.path.open("rb") as file:
        file.seek(place.byte)
        rest = b""
        while more := file.read(BLOCK):
            block = rest + more
            end = place.byte + len(block)
            ends = find_ends(block)
            if ends is None or (shape.encoding.has_bad_bytes and not is_utf8(block[: ends[-1]])):
                return end
            for batch, size, records in split_records(block, ends, place.row + 1, layout):
                if batch is None:
                    return end
                yield batch
                place.byte += size
                place.row += records
            rest = block[ends[-1] + 1 :]
    return shape.encoding.size


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
