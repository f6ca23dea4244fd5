"""The files that a trial is made of: the newest export, and all that was scraped.

    named files, files that are loaded here, the sample ──► whole_files() ──► Slice ──► cut files

Where no export is named, those that are loaded here are meant, else the sample; results of the own
scraper are beside them, as in a load.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.export_order import LoadOverrides, order_exports
from loaders.loaded_files import loaded_files
from loaders.scrape_results import count_results, find_results
from loaders.source_file import ExportFile, SourceFile
from loaders.text import plural
from playledger.sync.input_selection import held_files, make_sample_once
from playledger.sync.trial.cut_export import cut_export
from playledger.sync.trial.related_files import Belonging

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings


class Slice:
    """The first campaigns of the newest of some exports, and what belongs to them, in a folder."""

    def __init__(self, whole: list[SourceFile], count: int, folder: Path) -> None:
        exports = [file for file in whole if isinstance(file, ExportFile)]
        ordered = order_exports(exports, [], LoadOverrides(older=True, shrink=True))
        newest = [file for file in ordered if file.is_full] or ordered
        self._beginning = cut_export(newest[-1], count, folder)
        self._belonging = Belonging(self._beginning.campaigns, folder)
        scraped = [file for file in whole if file.kind != "export"]
        self.files = [self._beginning.file, *self._belonging.take(scraped)]

    def take(self, results: list[SourceFile]) -> list[SourceFile]:
        """Those of the scraper's results that belong to the campaigns."""
        return self._belonging.take(results)

    @property
    def sha256(self) -> str:
        """Of the export as it was cut."""
        return self._beginning.file.sha256

    @property
    def words(self) -> str:
        """Which campaigns of which export, and what was scraped for them."""
        count = len(self._beginning.campaigns)
        which = "all" if self._beginning.is_all else "the first"
        campaigns = plural(count, "campaign")
        scraped = count_results(self.files)
        theirs = f"with {scraped}" if scraped else "without any scraped file"
        return f"{which} {campaigns} of {self._beginning.file.path.name}, {theirs}"


def whole_files(
    named: list[SourceFile], database: Database, settings: Settings, console: Console
) -> list[SourceFile]:
    """Every file that a run of the whole would be about, with at least one export.

    Raises UserError when files that are loaded here are lost, or no export is there.
    """
    files = list(named)
    if not any(file.kind == "export" for file in files):
        here = loaded_files(settings) if held_files(database) else []
        if named:
            here = [file for file in here if file.kind == "export"]
        elif not here:
            here = make_sample_once(settings.home / "sample", console)
        files += here
    if not any(file.kind == "export" for file in files):
        raise UserError(
            "A trial takes the first campaigns of an export, and none is named or loaded here. "
            "Name one with --csv. Nothing was done."
        )
    given = {file.sha256 for file in files}
    return files + [file for file in find_results(settings.home) if file.sha256 not in given]
