"""What one export says in rows, cells and dates; sums of its campaigns are `CampaignTally`'s.

export ──► find_form() ──► read_frames() ──► read_export() ──► ExportFacts
                                                 └──► `also`, which gets the same rows
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.date_columns import DATE_COLUMNS, DateTally
from playledger.audit.export_form import find_form
from playledger.audit.export_frames import ExportFrame, read_frames
from playledger.audit.figures import OTHER_TEXT

if TYPE_CHECKING:
    import pandas as pd


class ExportFacts(TypedDict):
    """`rows` are figures of the account, `dates` a `DateTally` by staging's name of the column.

    Whether encoding and quotes leave no doubt is said by `is_clear` and `is_well_quoted`.
    """

    rows: dict[str, int]
    dates: dict[str, dict[str, int]]
    is_clear: bool
    is_well_quoted: bool


def read_export(
    path: Path, told: str | None, also: Callable[[pd.DataFrame], None] = lambda _: None
) -> ExportFacts:
    """The facts of an export, of which a person told the encoding, or not; bad content never
    raises.

    An export in which no column `Campaign` is found counts as one without rows.
    """
    form = find_form(path, told)
    rows: Counter[str] = Counter()
    dates: dict[str, DateTally] = {}
    for frame in read_frames(form) if form else ():
        _count_rows(frame, rows)
        for column in DATE_COLUMNS:
            dates.setdefault(column, DateTally()).add(frame.rows[column])
        also(frame.rows)
    return ExportFacts(
        rows=dict(rows),
        dates={column: tally.as_json() for column, tally in dates.items()},
        is_clear=not form or form.is_clear,
        is_well_quoted=not form or form.is_well_quoted,
    )


def _count_rows(frame: ExportFrame, rows: Counter[str]) -> None:
    rows["export_rows"] += len(frame.rows) + frame.unreadable
    rows["rows_unreadable"] += frame.unreadable
    for column in frame.rows:
        cells = frame.rows[column].tolist()
        filled = [cell for cell in cells if cell.strip()]
        rows["cells"] += len(filled)
        if column in EXPORT_COLUMNS:
            rows[f"text_{column}"] += sum(map(len, cells))
        else:
            rows[OTHER_TEXT] += sum(map(len, filled))
