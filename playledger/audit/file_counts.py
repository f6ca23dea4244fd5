"""What the files themselves say, counted without the ledger.

    export (pandas), scraped files, roster results (JSON) ──► count_files() ──► FileCounts

Of the readers that load it takes paths, kinds and fingerprints of files, and nothing that they
found inside; of the models, nothing. Rows, cells and characters are counted over all exports,
campaigns as the last export has them.
"""

from collections import Counter
from dataclasses import dataclass, field

from loaders.files.staging_schema import EXPORT_COLUMNS
from loaders.source_file import ExportFile, SourceFile
from playledger.audit.campaign_tally import CampaignTally
from playledger.audit.date_columns import DATE_COLUMNS, DateTally
from playledger.audit.export_form import find_form
from playledger.audit.export_frames import ExportFrame, read_frames
from playledger.audit.figures import OTHER_TEXT, TEXTS, Value
from playledger.audit.roster_files import count_rosters
from playledger.audit.scraped_files import count_scrapes

KINDS = ("export", "scrape", "roster")


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Figures by their names in `playledger.audit.figures`, and the files (SHA-256) by kind.

    `ambiguous` names what the files leave open: `quotes` when one of an export is open or astray,
    so that its rows may end elsewhere; `encoding` when another is as likely; `pages` when they name
    two SFA URLs for one campaign; `scrapes` when one scrape is in two files. Figures that rest on
    it get no verdict. `unread` are the figures of columns of the last export that have filled cells
    of which none could be read. `dates` are the date columns of exports by SHA-256 and staging's
    name.
    """

    figures: dict[str, Value]
    sha256: dict[str, frozenset[str]]
    ambiguous: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    dates: dict[tuple[str, str], DateTally] = field(default_factory=dict)


def count_files(files: list[SourceFile]) -> FileCounts:
    """Count these files, each content once; bad content never raises.

    An export in which no column `Campaign` is found counts as one without rows.
    """
    once = {file.sha256: file for file in files}.values()
    found = {kind: [file for file in once if file.kind == kind] for kind in KINDS}
    scrapes = count_scrapes([file.path for file in found["scrape"]])
    rosters = count_rosters([file.path for file in found["roster"]])
    forms = [find_form(file.path, file.told_encoding) for file in found["export"]]
    tally = CampaignTally(scrapes, rosters)
    rows = Counter(dict.fromkeys(("export_rows", "rows_unreadable", "cells", *TEXTS), 0))
    dates: dict[tuple[str, str], DateTally] = {}
    for form, file in zip(forms, found["export"], strict=True):
        for frame in read_frames(form) if form else ():
            _count_rows(frame, rows)
            for column in DATE_COLUMNS:
                dates.setdefault((file.sha256, column), DateTally()).add(frame.rows[column])
            if form is forms[-1]:
                tally.add(frame.rows)
    ambiguous = {
        "quotes": not all(form.is_well_quoted for form in forms if form),
        "encoding": not all(form.is_clear for form in forms if form),
        "pages": rosters.is_ambiguous or tally.has_two_pages,
        "scrapes": scrapes.is_ambiguous,
    }
    return FileCounts(
        figures={
            **{f"{kind}_files": len(files) for kind, files in found.items()},
            **scrapes.figures(),
            "roster_songs": rosters.songs,
            "roster_candidates": rosters.candidates,
            **rows,
            **(tally.figures() | _dated(found["export"][-1], dates) if forms else {}),
        },
        sha256={kind: frozenset(file.sha256 for file in files) for kind, files in found.items()},
        ambiguous=frozenset(name for name, is_there in ambiguous.items() if is_there),
        unread=tally.columns.unread_figures(),
        dates=dates,
    )


def _dated(file: SourceFile, dates: dict[tuple[str, str], DateTally]) -> dict[str, Value]:
    """How many cells of an export's date columns give a day."""
    typed = file.date_order if isinstance(file, ExportFile) else None
    return {
        figure: dates.get((file.sha256, column), DateTally()).readable(typed)
        for column, figure in DATE_COLUMNS.items()
    }


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
