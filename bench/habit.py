"""The analyst's habit at its real size: `playledger load` and `dbt build`, first and again.

    sample of 653 campaigns ──► load, build ──► seconds of both commands, as whole processes

Also the time of `playledger --help`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.databases import address_of, empty_database
from bench.measured import line, run
from loaders.embedded_postgres import stop_embedded
from loaders.settings import Settings
from sample import make_sample
from tests.profiles import kept_profiles

if TYPE_CHECKING:
    from loaders.database import Database

CAMPAIGNS, TIMES = 653, 3
LIMIT, HELP_LIMIT = 15.0, 0.3  # seconds


def measure() -> Iterator[str]:
    """Yield one line for each figure."""
    with tempfile.TemporaryDirectory() as folder, kept_profiles():
        settings = Settings(Path(folder) / "home", "ledger", None)
        files = Path(folder) / "files"
        make_sample(files, CAMPAIGNS)
        try:
            first, again = [], []
            for _ in range(TIMES + 1):
                database = empty_database(settings, "habit")
                first.append(_load_and_build(settings, database, files))
                again.append(_load_and_build(settings, database, files))
        finally:
            stop_embedded(settings)
    # The first run is left out: dbt parses the whole project in it.
    yield line("habit", "load and build, 653 campaigns, first", median(first[1:]), LIMIT)
    yield line("", "the same again, nothing new", median(again[1:]), LIMIT)
    help_seconds = [run("playledger", "--help").seconds for _ in range(TIMES + 1)]
    yield line("", "playledger --help", median(help_seconds[1:]), HELP_LIMIT)


def _load_and_build(settings: Settings, database: Database, files: Path) -> float:
    environment = {"PLAYLEDGER_HOME": str(settings.home), "DATABASE_URL": address_of(database)}
    inputs = [
        "--csv", files / "campaigns_export.csv", "--scraped", files / "scraped",
        "--roster", files / "roster",
    ]  # fmt: skip
    load = run("playledger", "load", *inputs, **environment)
    build = run("dbt", "--quiet", "build", **environment)
    return load.seconds + build.seconds
