"""The files of a trial: the head of the newest export, and what was scraped for its campaigns.

    named files, files that are loaded here, the sample ──► whole_files() ──► Subset ──► cut files

Without a named export, it is one of those that are loaded here, else the sample's. Results of the
scraper are beside them, as in a load.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.export_order import LoadOverrides, order_exports
from loaders.file_index import loaded_files
from loaders.scrape_results import count_results, find_results
from loaders.source_file import ExportFile, SourceFile
from loaders.text import plural
from playledger.sync.input_selection import make_sample_once, staged_files
from playledger.sync.trial.cut_export import cut_export
from playledger.sync.trial.related_files import RelatedFiles

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings


class Subset:
    """The first `count` campaigns of the newest export in `whole`, and the files related to them.

    Cut files are written to `folder`.
    """

    def __init__(self, whole: list[SourceFile], count: int, folder: Path) -> None:
        exports = [file for file in whole if isinstance(file, ExportFile)]
        ordered = order_exports(exports, [], LoadOverrides(older=True, shrink=True))
        newest = [file for file in ordered if file.is_full] or ordered
        self._head = cut_export(newest[-1], count, folder)
        self._related = RelatedFiles(self._head.campaigns, folder)
        scraped = [file for file in whole if file.kind != "export"]
        self.files = [self._head.file, *self._related.select(scraped)]

    def select(self, results: list[SourceFile]) -> list[SourceFile]:
        """The scraper's results that are related to the campaigns."""
        return self._related.select(results)

    @property
    def sha256(self) -> str:
        """Of the cut export."""
        return self._head.file.sha256

    @property
    def description(self) -> str:
        """Like `the first 10 campaigns of export.csv, with 3 scraped songs`."""
        count = len(self._head.campaigns)
        which = "all" if self._head.is_all else "the first"
        campaigns = plural(count, "campaign")
        scraped = count_results(self.files)
        related = f"with {scraped}" if scraped else "without any scraped file"
        return f"{which} {campaigns} of {self._head.file.path.name}, {related}"


def whole_files(
    named: list[SourceFile], database: Database, settings: Settings, console: Console
) -> list[SourceFile]:
    """The files that a run without --limit would be about, with at least one export.

    Raises UserError when a loaded file was not found, or there is no export.
    """
    files = list(named)
    if not any(file.kind == "export" for file in files):
        loaded = loaded_files(settings) if staged_files(database) else []
        if named:
            loaded = [file for file in loaded if file.kind == "export"]
        elif not loaded:
            loaded = make_sample_once(settings.home / "sample", console)
        files += loaded
    if not any(file.kind == "export" for file in files):
        raise UserError(
            "A trial takes the first campaigns of an export, and none is named or loaded here. "
            "Name one with --csv. Nothing was done."
        )
    given = {file.sha256 for file in files}
    return files + [file for file in find_results(settings.home) if file.sha256 not in given]
