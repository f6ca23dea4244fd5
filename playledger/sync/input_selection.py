"""Which files a load is about, so that the made-up sample never mixes with a user's own files.

    named files, results of scraping, files in staging ──► select_inputs() ──► the files to load

Trying the project out loads the sample. The first own file replaces it, and from then on a command
without files never loads it again. Results of scraping are loaded beside either, and replace
nothing.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from psycopg2.extensions import make_dsn

from loaders.database import Database, open_database
from loaders.embedded_postgres import EMBEDDED_NAME
from loaders.errors import UserError
from loaders.file_index import finished_files
from loaders.files.staging_schema import STAGING
from loaders.scrape_results import in_words, known_results, set_aside
from loaders.source_file import SourceFile, find_inputs

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.settings import Settings

logger = logging.getLogger(__name__)


def select_inputs(
    named: list[SourceFile],
    results: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    *,
    may_drop_sample: bool = True,
) -> list[SourceFile]:
    """The named files, else the sample unless the database holds own files; and the results of
    scraping.

    Own files replace a sample in the embedded database, which is dropped for them. Raises UserError
    where that is not possible: on a server's database, or without `may_drop_sample`.
    """
    sample = _fingerprints(settings.home / "sample")
    scraped = known_results(settings.home) | {file.sha256 for file in results}
    loaded = loaded_files(database)
    given = {file.sha256 for file in named}
    results = [file for file in results if file.sha256 not in given]
    own = loaded - sample - scraped
    logger.info(
        "named: %d files; loaded: %d, %d of them of the sample, %d own", len(named), len(loaded),
        len(loaded & sample), len(own),
    )  # fmt: skip
    if not named:
        if own:
            new = in_words(file for file in results if file.sha256 not in loaded)
            work = f"loading {new} of your own scrapes." if new else "nothing to load."
            console.print(f"No file was named, and the database holds your own: {work}")
            return results
        return make_sample_once(settings.home / "sample", console) + results
    if loaded & sample and given - sample - scraped:
        if not database.is_embedded or own:
            raise UserError(
                f"{database.address} holds the made-up sample: your campaigns would be mixed with "
                "it.\nUse an empty database for your files. Nothing was loaded."
            )
        if not may_drop_sample:
            raise UserError(
                f"{database.address} holds the made-up sample, which your files would replace: "
                "every campaign would be new.\nRun `make sync CSV=...` to do it. Nothing was "
                "changed."
            )
        console.print("Your files replace the made-up sample.")
        drop_sample_database(database, settings)
        results = set_aside(results, loaded, settings.home)
    return named + results


def require_own(files: list[SourceFile], settings: Settings) -> None:
    """Raises UserError when one of these files is of the made-up sample."""
    if _fingerprints(settings.home / "sample") & {file.sha256 for file in files}:
        raise UserError(
            "The made-up sample is not for production. Load your own files first: "
            "`make sync CSV=...`. Nothing was changed."
        )


def make_sample_once(folder: Path, console: Console) -> list[SourceFile]:
    """The files of the sample in a folder, made unless they are there."""
    from sample import make_sample

    if not (folder / "truth.json").exists():
        console.print("No file was named: making the sample, 653 made-up campaigns.")
        make_sample(folder)
    return find_inputs(folder / "campaigns_export.csv", folder / "scraped", folder / "roster")


def drop_sample_database(database: Database, settings: Settings) -> None:
    """Drop the embedded database, whose name is fixed, and create it anew, empty.

    Nothing else in this project drops a database.
    """
    logger.info("dropping the database %s, which holds the sample", EMBEDDED_NAME)
    dsn = make_dsn(**{**database.parameters, "dbname": "postgres"})
    with closing(psycopg2.connect(dsn)) as conn:
        conn.autocommit = True
        with conn.cursor() as cur:
            cur.execute(f"drop database {EMBEDDED_NAME} with (force)")
    open_database(settings)


def loaded_files(database: Database) -> set[str]:
    """The SHA-256 of every file in staging."""
    loaded: set[str] = set()
    with database.connect() as conn, conn.cursor() as cur:
        for dataset in STAGING:
            cur.execute("select to_regclass(%s)", [f"{dataset}._dlt_loads"])
            if cur.fetchone()[0]:
                loaded.update(finished_files(conn, dataset))
    return loaded


def _fingerprints(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
