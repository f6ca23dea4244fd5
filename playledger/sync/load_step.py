"""The load: files into staging, and dbt's profile for the database that they are in.

    files, results of scraping ──► load_inputs() ──► staging, profiles.yml

A command of its own (`playledger load`), and the first stage of `playledger sync`.
"""

from collections.abc import Callable

from rich.console import Console

from loaders.database import Database
from loaders.export_order import NO_OVERRIDES, LoadOverrides
from loaders.file_index import index_files
from loaders.load import LoadResult, load
from loaders.progress import Progress
from loaders.scrape_results import find_results
from loaders.settings import Settings
from loaders.source_file import SourceFile
from playledger.console.load import render_load
from playledger.dbt.profiles import write_profiles
from playledger.sync.input_selection import select_inputs


def load_inputs(
    named: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    overrides: LoadOverrides,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    """Load what is named, or what stands in for it, and what was scraped; write `profiles.yml`, and
    print what was loaded.

    Raises UserError when these files do not go into this database, or cannot be loaded.
    """
    files = select_inputs(named, find_results(settings.home), database, settings, console)
    result = load_selected(files, database, settings, console, overrides, meanwhile)
    profile = write_profiles(database, settings.schema)
    render_load(result, database.address, profile, console)
    return result


def load_selected(
    files: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    overrides: LoadOverrides = NO_OVERRIDES,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    """Load exactly these files, and remember where they are; see loaders.load.load."""
    records = sum(file.expected_records for file in files)
    with Progress(console, len(files), records) as progress:
        result = load(files, database, settings.home, progress, overrides, meanwhile)
    index_files(files, settings.home)
    return result
