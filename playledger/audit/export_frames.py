"""An export as pandas reads it: a second reader, so that the first is not its own witness.

    ExportShape (encoding, delimiter, columns) ──► read_frames() ──► Piece (frame, unreadable rows)

Frames are of bounded size and hold text as typed: `NA`, `None` and blanks are what somebody wrote.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from loaders.files.staging_schema import EXPORT_COLUMNS

if TYPE_CHECKING:
    from loaders.files.export import ExportShape

FRAME_ROWS = 20_000
TOO_LONG = ["\udcff"]  # stands for a row with too many cells: no text of a file can be this


@dataclass(slots=True)
class Piece:
    """Some rows of an export.

    `frame` has the known columns under staging's names (empty where the file lacks them), then the
    unknown ones; its index is the row as a spreadsheet counts. `unreadable` rows are not in it.
    """

    frame: pd.DataFrame
    unreadable: int


def read_frames(
    shape: ExportShape, has_sound_quotes: bool = True, rows: int = FRAME_ROWS
) -> Iterator[Piece]:
    """The rows of an export in the order of the file; never raises on bad content.

    A row with too few or too many cells, with bytes that are no text, or without a campaign name
    is unreadable. Blank lines are no rows. Without sound quotes (see `is_well_quoted`) the whole
    file is one piece, and a row with a quote astray is in no piece at all.
    """
    width = len(shape.header)
    read = pd.read_csv(
        shape.path,
        sep=shape.delimiter,
        encoding=shape.encoding.codec,
        encoding_errors="surrogateescape",
        engine="python",  # the other one fills up short rows without a word
        header=None,
        names=range(width),
        dtype=object,  # pandas' own text type takes no broken bytes
        keep_default_na=False,
        skip_blank_lines=False,
        on_bad_lines=lambda _: TOO_LONG,
        chunksize=rows if has_sound_quotes else None,
    )
    frames = read if has_sound_quotes else [read]
    is_header_read = False
    for frame in frames:
        filled = frame[frame.notna().any(axis="columns")]
        if not is_header_read:
            filled = filled[filled.map(_is_filled).any(axis="columns").cummax()]
            is_header_read = not filled.empty
            filled = filled.iloc[1:]
        yield _sort_out(filled, shape)


def is_well_quoted(shape: ExportShape) -> bool:
    """Whether every quote of the file is closed and where it may be.

    Where one is not, two readers may part ways on where a row ends, and neither is wrong.
    """
    with shape.encoding.open(shape.path) as lines:
        try:
            for _ in csv.reader(lines, delimiter=shape.delimiter, strict=True):
                pass
        except csv.Error:
            return False
    return True


def _is_filled(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _sort_out(frame: pd.DataFrame, shape: ExportShape) -> Piece:
    is_whole = frame.notna().all(axis="columns")
    whole = frame[is_whole]
    is_named = whole[shape.positions["campaign"]].map(_is_filled).astype(bool)
    is_text = pd.Series([_is_text(row) for row in whole.to_numpy()], whole.index, dtype=bool)
    clean = whole[is_named & is_text]
    unreadable = len(frame) - len(clean)
    names = {position: name for name, position in shape.positions.items()}
    unknown = {position: (name,) for name, position in shape.unknown.items()}
    clean = clean.set_axis([names.get(at, unknown.get(at)) for at in clean.columns], axis="columns")
    columns = [*EXPORT_COLUMNS, *(name for name in clean.columns if isinstance(name, tuple))]
    clean = clean.reindex(columns=columns, fill_value="")
    return Piece(clean.set_axis(clean.index + 1), unreadable)


def _is_text(cells: object) -> bool:
    text = "".join(cells)
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
