"""The rows of an export as pandas reads them: a second reader, so that the first is not its own
witness.

    path ──► find_form() ──► read_frames() ──► ExportFrame (rows, number of unreadable ones) ...

Frames are of bounded size and hold text as typed: `NA`, `None` and blanks are what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.campaign_rows import is_campaign
from playledger.audit.export_form import ExportForm

if TYPE_CHECKING:
    import pandas as pd

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

    A row with too few or too many cells, with bytes that are no text, without a campaign's name,
    with sums, or that repeats the header is unreadable, and so is a title above the header. Blank
    lines are no rows. Where quotes are open or astray, the whole file is one frame, and a row with
    such a quote is in no frame at all.
    """
    import pandas as pd  # takes half a second: not where every file was counted before

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
    for frame in read if form.is_well_quoted else [read]:
        filled = frame[frame.notna().any(axis="columns")]
        below = filled[filled.index >= form.header_row]
        above = filled[filled.index < form.header_row - 1]
        titles = sum(map(_is_title, above.to_numpy().tolist()))
        found = _sort_out(below, form)
        yield ExportFrame(found.rows, found.unreadable + titles)


def _is_title(cells: list[object]) -> bool:
    """Whether something stands above the header, but Excel's line that names the delimiter."""
    text = "".join(cell for cell in cells if isinstance(cell, str)).strip()
    return bool(text) and not (text.lower().startswith("sep=") and len(text) <= len("sep=,"))


def _is_filled(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _sort_out(frame: pd.DataFrame, form: ExportForm) -> ExportFrame:
    import pandas as pd

    whole = frame[frame.notna().all(axis="columns")]
    is_named = whole[form.columns.index("campaign")].map(_is_filled).astype(bool)
    is_text = pd.Series([_is_text(row) for row in whole.to_numpy()], whole.index, dtype=bool)
    clean = whole[is_named & is_text]
    rows = clean.to_numpy().tolist()
    clean = clean.loc[pd.Series([is_campaign(row, form) for row in rows], clean.index, dtype=bool)]
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
