"""The files that a ledger was made of: for its account, or to make another database of them.

staging, PLAYLEDGER_HOME/files.json ──► locate_loaded_files() ──► SourceFile ...
                                     ──► loaded_files() ──► the same, or UserError
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.database import open_database
from loaders.errors import UserError
from loaders.file_index import locate_files
from loaders.files.staging_schema import STAGING
from loaders.source_file import ExportFile, SourceFile
from loaders.staging import export_coverage, finished_files

if TYPE_CHECKING:
    from pathlib import Path

    from psycopg2.extensions import connection

    from loaders.settings import Settings


def locate_loaded_files(conn: connection, home: Path) -> tuple[list[SourceFile], int]:
    """The files that a database holds and that are still where they were, and how many are not.

    They come by dataset, in the order of loading.
    """
    held = [sha256 for dataset in STAGING for sha256 in finished_files(conn, dataset)]
    return locate_files(held, home)


def loaded_files(settings: Settings) -> list[SourceFile]:
    """Every file that the ledger of these settings holds, each export as full list or view, as it
    was loaded; UserError when there is none, or one is missing.
    """
    with open_database(settings).connect() as conn:
        files, missing = locate_loaded_files(conn, settings.home)
        if not files and not missing:
            raise UserError("Nothing is loaded here yet. Run `make sync CSV=...` first.")
        coverage = export_coverage(conn)
    if missing:
        raise UserError(
            f"{missing} of the files that are loaded here are not where they were, or have changed."
            " Put them back, or name the files with --csv, --scraped and --roster."
        )
    return [
        replace(file, is_full=coverage.get(file.sha256, file.is_full))
        if isinstance(file, ExportFile)
        else file
        for file in files
    ]
