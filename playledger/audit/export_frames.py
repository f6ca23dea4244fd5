"""The rows of an export as pandas reads them: a second reader, so that the first is not its own
witness.

    path ──► find_form() ──► read_frames() ──► ExportFrame (rows, number of unreadable ones) ...

Frames are of bounded size and hold text as typed: `NA`, `None` and blanks are what somebody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.export_form import ExportForm

FRAME_ROWS = 20_000
TOO_LONG = ["\udcff"]  # stands for a row with too many cells: no text of a file can be this


@dataclass(frozen=True, slots=True)
class ExportFrame:
    """Some rows of an export.

    `rows` has the known columns under staging's names (empty where the file lacks them), then the
    unknown ones under their places; its index is the row as a spreadsheet counts. `unreadable` rows
    are not in it.
    """

    rows: pd.DataFrame
    unreadable: int


def read_frames(form: ExportForm) -> Iterator[ExportFrame]:
    """The rows of an export in the order of the file; bad content never raises.

    A row with too few or too many cells, with bytes that are no text, or without a campaign name
    is unreadable. Blank lines are no rows. Where quotes are open or astray, the whole file is one
    frame, and a row with such a quote is in no frame at all.
    """
    read = pd.read_csv(
        form.path,
        sep=form.delimiter,
        encoding=form.encoding,
        encoding_errors="surrogateescape",
        engine="python",  # the other one fills up short rows without a word
        header=None,
        names=range(len(form.columns)),
        dtype=object,  # pandas' own text type takes no broken bytes
        keep_default_na=False,
        skip_blank_lines=False,
        on_bad_lines=lambda _: TOO_LONG,
        chunksize=FRAME_ROWS if form.is_well_quoted else None,
    )
    is_header_read = False
    for frame in read if form.is_well_quoted else [read]:
        filled = frame[frame.notna().any(axis="columns")]
        if not is_header_read:
            filled = filled[filled.map(_is_filled).any(axis="columns").cummax()]
            is_header_read = not filled.empty
            filled = filled.iloc[1:]
        yield _sort_out(filled, form)


def _is_filled(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _sort_out(frame: pd.DataFrame, form: ExportForm) -> ExportFrame:
    whole = frame[frame.notna().all(axis="columns")]
    is_named = whole[form.columns.index("campaign")].map(_is_filled).astype(bool)
    is_text = pd.Series([_is_text(row) for row in whole.to_numpy()], whole.index, dtype=bool)
    clean = whole[is_named & is_text]
    unreadable = len(frame) - len(clean)
    clean = clean.set_axis([name or at for at, name in enumerate(form.columns)], axis="columns")
    unknown = [name for name in clean.columns if name not in EXPORT_COLUMNS]
    clean = clean.reindex(columns=[*EXPORT_COLUMNS, *unknown], fill_value="")
    return ExportFrame(clean.set_axis(clean.index + 1), unreadable)


def _is_text(cells: object) -> bool:
    text = "".join(cells)
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
