"""The files that the ledger here was made of, so that another database can be made of them too.

    staging here, PLAYLEDGER_HOME/files.json ──► loaded_here() ──► SourceFile ...

Each is taken as it was taken here: as the whole list, or as a view of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.database import open_database
from loaders.errors import UserError
from loaders.file_index import recall
from playledger.publish.catalog import columns_of

if TYPE_CHECKING:
    from loaders.settings import Settings
    from loaders.source_file import SourceFile

EXPORTS = "select file_sha256, coverage is distinct from 'view' from staging_airtable.files"


def loaded_here(settings: Settings) -> list[SourceFile]:
    """Every file that is loaded here, in the order of loading; UserError when one is lost."""
    with open_database(settings).connect() as conn:
        if not columns_of(conn, "staging_airtable", "files"):
            raise UserError("Nothing is loaded here yet. Run `make sync CSV=...` first.")
        files, lost = recall(conn, settings.home)
        with conn.cursor() as cur:
            cur.execute(EXPORTS)
            coverage = dict(cur.fetchall())
    if lost:
        raise UserError(
            f"{lost} of the files that are loaded here are not where they were, or have changed. "
            "Put them back, or name the files with --csv, --scraped and --roster."
        )
    for file in files:
        if file.kind == "export":
            file.is_full = coverage.get(file.sha256, file.is_full)
    return files
