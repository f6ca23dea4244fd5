"""What brings files in and tells what became of them: the load, and the account of the ledger.

    files ──► load_files() ──► staging          ledger, files ──► verify() ──► account

Each is a command of its own (`playledger load`, `verify`), and a part of the main job.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from loaders.database import Database, open_database
from loaders.errors import UserError
from loaders.progress import Progress
from loaders.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg2.extensions import connection

    from loaders.export_order import LoadOverrides
    from loaders.load import LoadResult
    from loaders.source_file import SourceFile
    from playledger.audit.account import Account
    from playledger.dbt.profiles import ProfileState


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the load stage left for the others; `place` is where to, if not the database itself."""

    database: Database
    files: list[SourceFile]
    result: LoadResult
    profiles: ProfileState
    place: str | None = None


def load_files(
    settings: Settings,
    console: Console,
    csv: Path | None,
    scraped: Path | None,
    roster: Path | None,
    *,
    is_view: bool = False,
    allowed: LoadOverrides | None = None,
) -> Loaded:
    """Load what is named, or the sample when nothing is, and what was scraped; see to
    `profiles.yml`.
    """
    from loaders.source_file import find_inputs

    named = find_inputs(csv, scraped, roster, is_view=is_view)
    return load_inputs(named, open_database(settings), settings, console, allowed)


def load_inputs(
    named: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    allowed: LoadOverrides | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Loaded:
    """The same of files that were found, into a database that was opened; see load.load."""
    from loaders.scrape_results import find_results
    from playledger.dbt.profiles import write_profiles
    from playledger.sync.input_selection import choose_inputs

    results = find_results(settings.home)
    files = choose_inputs(named, results, database, settings, console)
    result = _load(files, database, settings, console, allowed, meanwhile)
    return Loaded(database, files, result, write_profiles(database, settings.schema))


def load_results(database: Database, settings: Settings, console: Console) -> LoadResult:
    """Load what was scraped since the last load, and nothing else."""
    from loaders.scrape_results import find_results

    return _load(find_results(settings.home), database, settings, console)


def _load(
    files: list[SourceFile],
    database: Database,
    settings: Settings,
    console: Console,
    allowed: LoadOverrides | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> LoadResult:
    from loaders.export_order import LoadOverrides
    from loaders.file_index import index_files
    from loaders.load import load

    records = sum(file.expected_records for file in files)
    with Progress(console, len(files), records) as progress:
        allowed = allowed or LoadOverrides()
        result = load(files, database, settings.home, progress, allowed, meanwhile)
    index_files(files, settings.home)
    return result


def verify(settings: Settings, database: Database) -> tuple[Account, int]:
    """The account of the ledger beside what its files say, and how many files are not found."""
    from loaders.loaded_files import locate_loaded_files
    from playledger.audit.account import make_account
    from playledger.audit.file_counts import count_files

    with database.connect() as conn:
        require_ledger(conn, settings.schema)
        files, lost = locate_loaded_files(conn, settings.home)
        counts = None if lost else count_files(files)
        exports = sum(file.kind == "export" for file in files)
        return make_account(conn, settings.schema, counts, exports), lost


def require_ledger(conn: connection, schema: str) -> None:
    """UserError when nothing was built yet."""
    with conn.cursor() as cursor:
        cursor.execute("select to_regclass(%s)", [f"{schema}_quality.integrity_checks"])
        if cursor.fetchone()[0] is None:
            raise UserError(
                f"There is no ledger in schema `{schema}` yet. Run `make sync`, or `make load` and "
                "`dbt build`."
            )
