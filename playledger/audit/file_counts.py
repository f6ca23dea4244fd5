"""What the files themselves say, counted without the ledger.

    export (pandas), scraped files, roster results (JSON) ──► facts of each ──► KeptCounts
                                            count_files() ──► FileCounts ◄─────────┘

Of the readers that load it takes paths, kinds and fingerprints of files, and nothing that they
found inside; of the models, nothing. Rows, cells and characters are counted over all exports,
campaigns as the last export has them.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from loaders.file_index import LoadedFile
from loaders.source_file import ExportFile, SourceFile
from playledger.audit.campaign_tally import CampaignFacts, CampaignTally
from playledger.audit.date_columns import DATE_COLUMNS, DateTally
from playledger.audit.export_facts import ExportFacts, read_export
from playledger.audit.figures import TEXTS, Value
from playledger.audit.kept_counts import KeptCounts
from playledger.audit.roster_files import Rosters, read_roster
from playledger.audit.scrape_facts import read_scrape
from playledger.audit.scraped_files import Scrapes
from playledger.audit.seed_rules import seeds_digest

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


def count_files(
    files: Sequence[SourceFile | LoadedFile], kept: KeptCounts | None = None
) -> FileCounts:
    """Count these files, each content once; bad content never raises.

    Of a file that was counted before, the kept facts are added up. An export in which no column
    `Campaign` is found counts as one without rows.
    """
    kept = kept or KeptCounts()
    once = {file.sha256: file for file in files}.values()
    found = {kind: [file for file in once if file.kind == kind] for kind in KINDS}
    scrapes, rosters = Scrapes(), Rosters()
    read = {file.sha256: partial(read_scrape, file.path) for file in found["scrape"]}
    for _, scrape in kept.facts("scrape", read):
        scrapes.add(scrape)
    read = {file.sha256: partial(read_roster, file.path) for file in found["roster"]}
    for _, roster in kept.facts("roster", read):
        rosters.add(roster)
    inputs = _digest(seeds_digest(), *sorted(file.sha256 for file in once))
    tally = CampaignTally(scrapes, rosters)
    exports, campaigns = _count_exports(found["export"], tally, inputs, kept)
    rows = Counter(dict.fromkeys(("export_rows", "rows_unreadable", "cells", *TEXTS), 0))
    dates = {}
    for sha256, export in exports.items():
        rows.update(export["rows"])
        for column, cells in export["dates"].items():
            dates[sha256, column] = DateTally(**cells)
    ambiguous = {
        "quotes": not all(export["is_well_quoted"] for export in exports.values()),
        "encoding": not all(export["is_clear"] for export in exports.values()),
        "pages": rosters.is_ambiguous or campaigns["has_two_pages"],
        "scrapes": scrapes.is_ambiguous,
    }
    return FileCounts(
        figures={
            **{f"{kind}_files": len(files) for kind, files in found.items()},
            **scrapes.figures(),
            "roster_songs": rosters.songs,
            "roster_candidates": rosters.candidates,
            **rows,
            **(_of_campaigns(campaigns) | _dated(found["export"][-1], dates) if exports else {}),
        },
        sha256={kind: frozenset(file.sha256 for file in files) for kind, files in found.items()},
        ambiguous=frozenset(name for name, is_there in ambiguous.items() if is_there),
        unread=frozenset(campaigns["unread"]),
        dates=dates,
    )


def _count_exports(
    files: Sequence[ExportFile | LoadedFile], tally: CampaignTally, inputs: str, kept: KeptCounts
) -> tuple[dict[str, ExportFacts], CampaignFacts]:
    """The facts of each export by SHA-256, and of the last one's campaigns. These rest on `inputs`,
    too: scrapes, rosters and seeds.
    """
    if not files:
        return {}, tally.facts()
    key = f"{_key(files[-1])} {inputs}"
    campaigns = kept.recall("campaigns", key)
    last = None
    if campaigns is None:
        last = read_export(files[-1].path, files[-1].told_encoding, tally.add)
        campaigns = tally.facts()
        kept.keep("campaigns", key, campaigns)
    read = {_key(file): partial(read_export, file.path, file.told_encoding) for file in files}
    if last:
        read[_key(files[-1])] = lambda: last
    facts = dict(kept.facts("export", read))
    return {file.sha256: facts[_key(file)] for file in files}, campaigns


def _key(file: ExportFile | LoadedFile) -> str:
    """An export reads otherwise in another encoding."""
    return f"{file.sha256} {file.told_encoding or ''}"


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _of_campaigns(campaigns: CampaignFacts) -> dict[str, Value]:
    """The figures, of which an amount is text in JSON."""
    return {
        name: Decimal(value) if isinstance(value, str) else value
        for name, value in campaigns["figures"].items()
    }


def _dated(
    file: ExportFile | LoadedFile, dates: dict[tuple[str, str], DateTally]
) -> dict[str, Value]:
    """How many cells of an export's date columns give a day."""
    return {
        figure: dates.get((file.sha256, column), DateTally()).readable(file.date_order)
        for column, figure in DATE_COLUMNS.items()
    }
