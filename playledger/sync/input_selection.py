"""Keep the made-up sample apart from a person's own files.

    named files, results of scraping, files in staging ──► choose_inputs() ──► the files to load

Trying the project out loads the sample; the first own file takes its place, and after that a
command without files never brings it back: made-up campaigns must not stand among real ones.
Results of scraping go beside whatever is there: they are no own files, and do not drive it away.
"""

from __future__ import annotations

import hashlib
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


def choose_inputs(
    named: list[SourceFile],
    results: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    *,
    may_start_afresh: bool = True,
) -> list[SourceFile]:
    """The named files, else the sample, else none when the database holds a person's own files;
    and the results of scraping beside them.

    Raises UserError when own files are named for a server's database that holds the sample.
    """
    sample = _fingerprints(settings.home / "sample")
    scraped = known_results(settings.home) | {file.sha256 for file in results}
    held = held_files(database)
    given = {file.sha256 for file in named}
    results = [file for file in results if file.sha256 not in given]
    own = held - sample - scraped
    if not named:
        if own:
            fresh = count_results(file for file in results if file.sha256 not in held)
            told = f"loading {fresh} of your own runs." if fresh else "nothing to load."
            console.print(f"No file was named, and the database holds yours: {told}")
            return results
        return make_sample_once(settings.home / "sample", console) + results
    if held & sample and given - sample - scraped:
        if not database.is_embedded or own:
            raise UserError(
                f"{database.address} holds the made-up sample: your campaigns would stand among "
                "its own.\nUse an empty database for your files. Nothing was loaded."
            )
        if not may_start_afresh:
            raise UserError(
                f"{database.address} holds the made-up sample, which your files would replace: "
                "every campaign would be new.\nRun `make sync CSV=...` to do it. Nothing was "
                "changed."
            )
        console.print("The made-up sample makes room for your files.")
        _start_afresh(database, settings)
        results = set_aside(results, held, settings.home)
    return named + results


def require_own(files: list[SourceFile], settings: Settings) -> None:
    """UserError when one of these files is of the made-up sample."""
    if _fingerprints(settings.home / "sample") & {file.sha256 for file in files}:
        raise UserError(
            "The made-up sample is not for production. Load your own files first: "
            "`make sync CSV=...`. Nothing was changed."
        )


def make_sample_once(folder: Path, console: Console) -> list[SourceFile]:
    """The files of the sample in a folder, made when they are not there."""
    from sample import make_sample

    if not (folder / "truth.json").exists():
        console.print("No file was named: making the sample, 653 made-up campaigns.")
        make_sample(folder)
    return find_inputs(folder / "campaigns_export.csv", folder / "scraped", folder / "roster")


def _start_afresh(database: Database, settings: Settings) -> None:
    conn = psycopg2.connect(make_dsn(**{**database.parameters, "dbname": "postgres"}))
    conn.autocommit = True
    try:
        with conn.cursor() as cursor:
            cursor.execute(f"drop database {EMBEDDED_NAME} with (force)")
    finally:
        conn.close()
    open_database(settings)


def _fingerprints(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def held_files(database: Database) -> set[str]:
    """The SHA-256 of every file in staging."""
    with database.connect() as conn:
        return staging.held_files(conn)
