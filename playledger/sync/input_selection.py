"""Which files a load is about, so that the made-up sample never mixes with a user's own files.

    named files, results of scraping, files in staging ──► select_inputs() ──► the files to load

Trying the project out loads the sample. The first own file replaces it, and from then on a command
without files never loads it again. Results of scraping are loaded beside either, and replace
nothing.
"""

import hashlib
import logging
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2.extensions import make_dsn
from rich.console import Console

from loaders import staging
from loaders.database import Database, open_database
from loaders.embedded_postgres import EMBEDDED_NAME
from loaders.errors import UserError
from loaders.scrape_results import count_results, known_results, set_aside
from loaders.settings import Settings
from loaders.source_file import SourceFile, find_inputs

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
    loaded = staged_files(database)
    given = {file.sha256 for file in named}
    results = [file for file in results if file.sha256 not in given]
    own = loaded - sample - scraped
    logger.info(
        "named: %d files; loaded: %d, %d of them of the sample, %d own", len(named), len(loaded),
        len(loaded & sample), len(own),
    )  # fmt: skip
    if not named:
        if own:
            new = count_results(file for file in results if file.sha256 not in loaded)
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


def staged_files(database: Database) -> set[str]:
    """The SHA-256 of every file in staging."""
    with database.connect() as conn:
        return staging.held_files(conn)


def _fingerprints(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
