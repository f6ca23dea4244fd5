"""The load: files into staging, and dbt's profile for the database that they are in.

    files, results of scraping ──► load_files() ──► staging, profiles.yml

A command of its own (`playledger load`), and the first stage of `playledger sync`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.database import Database, open_database
from loaders.export_order import LoadOverrides
from loaders.file_index import remember
from loaders.load import LoadResult, load
from loaders.progress import Progress
from loaders.scrape_results import find_results
from playledger.dbt.profiles import write_profiles
from playledger.sync.input_selection import select_inputs
from playledger.sync.workspace import LoadOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.sync.options import InputOptions


def load_files(settings: Settings, console: Console, inputs: InputOptions) -> LoadOutcome:
    """Load what is named, or what stands in for it, and what was scraped; write `profiles.yml`.

    Raises UserError as `load_inputs` does, and when a file or the database cannot be opened.
    """
    named = inputs.find()
    return load_inputs(named, open_database(settings), settings, console, inputs.overrides)


def load_inputs(
    named: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    overrides: LoadOverrides,
    meanwhile: Callable[[], None] | None = None,
) -> LoadOutcome:
    """The same for files that were found and a database that is open; see loaders.load.load.

    Raises UserError when these files do not go into this database, or cannot be loaded.
    """
    results = find_results(settings.home)
    files = select_inputs(named, results, database, settings, console)
    result = _load(files, database, settings, console, overrides, meanwhile)
    profile = write_profiles(database, settings.schema)
    return LoadOutcome(result, database.address, profile)


def load_results(database: Database, settings: Settings, console: Console) -> LoadResult:
    """Load what was scraped since the last load, and nothing else."""
    return _load(find_results(settings.home), database, settings, console, LoadOverrides())


def _load(
    files: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    overrides: LoadOverrides,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    records = sum(file.expected_records for file in files)
    with Progress(console, len(files), records) as progress:
        result = load(files, database, settings.home, progress, overrides, meanwhile)
    remember(files, settings.home)
    return result
