"""What the files themselves say, counted without the ledger.

    export (pandas), scraped files, roster results (JSON) ──► count_files() ──► FileCounts

Nothing here comes from the readers that load or from the models: two independent readings are
compared. Rows and cells are counted over all exports; campaigns as the last export has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playledger.audit.campaign_tally import CampaignTally
from playledger.audit.export_frames import Piece, is_well_quoted, read_frames
from playledger.audit.figures import Value
from playledger.audit.roster_files import read_rosters
from playledger.audit.scraped_files import read_pages

if TYPE_CHECKING:
    from loaders.source_file import SourceFile

KINDS = ("export", "scrape", "roster")


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Figures by their names in `playledger.audit.figures`, and the files (SHA-256) by kind.

    `doubtful` names what the files leave open: `quotes` when one of an export is open or astray, so
    that where its rows end is a matter of opinion; `pages` when they name two SFA URLs for one
    campaign. Figures that rest on it are shown beside the ledger's and prove nothing.
    """

    figures: dict[str, Value]
    sha256: dict[str, frozenset[str]]
    doubtful: frozenset[str] = frozenset()


def count_files(files: list[SourceFile]) -> FileCounts:
    """Count these files, each content once. Never raises on bad content."""
    once = {file.sha256: file for file in files}.values()
    found = {kind: [file for file in once if file.kind == kind] for kind in KINDS}
    pages = read_pages([file.path for file in found["scrape"]])
    rosters = read_rosters([file.path for file in found["roster"]])
    shapes = [file.shape for file in found["export"]]
    tally = CampaignTally(pages, rosters)
    rows: Counter[str] = Counter(export_rows=0, rows_unreadable=0, cells=0)
    sound = [is_well_quoted(shape) for shape in shapes]
    for shape, is_sound in zip(shapes, sound, strict=True):
        for piece in read_frames(shape, is_sound):
            _count_rows(piece, rows)
            if shape is shapes[-1]:
                tally.add(piece.frame)
    doubts = {
        "quotes": not all(sound),
        "pages": rosters.is_ambiguous or tally.has_two_pages,
    }
    return FileCounts(
        figures={
            **{f"{kind}_files": len(files) for kind, files in found.items()},
            **pages.figures(),
            "roster_songs": rosters.songs,
            "roster_candidates": rosters.candidates,
            **rows,
            **(tally.figures() if shapes else {}),
        },
        sha256={kind: frozenset(file.sha256 for file in files) for kind, files in found.items()},
        doubtful=frozenset(doubt for doubt, is_there in doubts.items() if is_there),
    )


def _count_rows(piece: Piece, rows: Counter[str]) -> None:
    rows["export_rows"] += len(piece.frame) + piece.unreadable
    rows["rows_unreadable"] += piece.unreadable
    rows["cells"] += sum(bool(cell.strip()) for cell in piece.frame.to_numpy().flat)
