"""The head of a campaign export: its header and the rows up to the nth campaign.

    export.csv ──► cut_export() ──► ExportHead: its first bytes as a file, and their campaigns

Rows are counted as a load reads them, so a quoted cell with line breaks stays whole. Unreadable
rows before the nth campaign are kept, and rejected as in the whole export.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.files.csv_records import read_records
from loaders.files.export import ExportShape, read_export
from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ExportHead:
    """The first campaigns: a file, their cells by staging column, and whether these are all.

    A column that the export lacks is an empty cell.
    """

    file: SourceFile
    campaigns: list[dict[str, str]]
    is_all: bool


def cut_export(whole: SourceFile, count: int, folder: Path) -> ExportHead:
    """Write the first `count` campaigns of an export to a file of the same name in a folder.

    The file keeps the encoding, delimiter and coverage that were found in the whole export.
    """
    shape = whole.shape
    rows = list(islice(_rows(shape), count + 1))
    is_all = len(rows) <= count
    size = whole.size if is_all else _size_until(shape, rows[count - 1][0])
    with whole.path.open("rb") as file:
        content = file.read(size)
    cut = folder / whole.path.name
    cut.write_bytes(content)
    sha256, lines = hashlib.sha256(content).hexdigest(), content.count(b"\n")
    encoding = replace(shape.encoding, sha256=sha256, size=len(content), lines=lines)
    own = replace(shape, path=cut, encoding=encoding)
    file = SourceFile(cut, "export", sha256, len(content), lines, own, is_full=whole.is_full)
    cells = [dict(zip(EXPORT_COLUMNS, row[1:], strict=False)) for row in rows[:count]]
    return ExportHead(
        file, [{name: cell or "" for name, cell in row.items()} for row in cells], is_all
    )


def _rows(shape: ExportShape) -> Iterator[tuple]:
    for piece in read_export(shape):
        yield from piece.rows


def _size_until(shape: ExportShape, last_row: int) -> int:
    """The size of a file up to the end of a row, in bytes."""
    size = len(codecs.BOM_UTF8) if shape.encoding.has_byte_order_mark else 0
    codec = shape.encoding.codec.removesuffix("-sig")
    records = read_records(shape.path, shape.encoding, shape.delimiter, is_whole=True)
    for source_row, _, lines, _ in records:
        if source_row > last_row:
            break
        size += len("".join(lines).encode(codec, "surrogateescape"))
    return size
