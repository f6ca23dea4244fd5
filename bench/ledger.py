"""A ledger to measure on: a sample of any size, loaded and built.

settings, campaigns ──► sample ──► load() ──► dbt build
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from loaders.database import open_database
from loaders.source_file import find_inputs
from playledger.dbt.build import build
from playledger.dbt.profiles import write_profiles
from playledger.sync.load_step import load_selected
from sample import make_sample

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings
    from loaders.source_file import SourceFile


def make_ledger(settings: Settings, campaigns: int) -> None:
    """Make a sample, load and build it in the embedded server. Raises SystemExit if that fails."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        make_sample(files, campaigns)
        load_and_build(settings, files)


def load_files(settings: Settings, database: Database, inputs: list[SourceFile]) -> None:
    """Load these files, as `playledger load` does, in this process."""
    load_selected(inputs, database, settings, Console(quiet=True))
    write_profiles(database, settings.schema)


def load_and_build(settings: Settings, files: Path) -> None:
    """Load the sample in a folder, and build. Raises SystemExit if the build fails."""
    database = open_database(settings)
    inputs = find_inputs(files / "campaigns_export.csv", files / "scraped", files / "roster")
    load_selected(inputs, database, settings, Console(quiet=True))
    write_profiles(database, settings.schema, settings.home)
    options = ["--target-path", str(settings.home / "target"), "--log-path", str(settings.home)]
    result = build(options=options, profiles=settings.home)
    if not result.is_good:
        raise SystemExit("\n".join(result.failures))
