"""Verify the ledger: the account of everything that was loaded, as far as its files are found.

ledger, PLAYLEDGER_HOME/files.json ──► verify() ──► Account, number of files not found
"""

from psycopg2.extensions import connection

from loaders.database import Database
from loaders.errors import UserError
from loaders.file_index import locate_loaded_files
from loaders.settings import Settings
from playledger.audit.account import Account, make_account
from playledger.audit.file_counts import count_files
from playledger.audit.kept_counts import KeptCounts


def verify(settings: Settings, database: Database, *, is_anew: bool = False) -> tuple[Account, int]:
    """The account of the ledger beside its files, and the number of loaded files not found.

    A file is counted once; `is_anew` counts all of them again. While one is missing, no figure is
    compared with the files. Raises UserError when no ledger was built.
    """
    with database.connect() as conn, KeptCounts(settings.home, is_anew=is_anew) as kept:
        require_ledger(conn, settings.schema)
        files, missing = locate_loaded_files(conn, settings.home, kept.sha256_of)
        counts = None if missing else count_files(files, kept)
        exports = sum(file.kind == "export" for file in files)
        return make_account(conn, settings.schema, counts, exports, kept=kept), missing


def require_ledger(conn: connection, schema: str) -> None:
    """Raises UserError when nothing was built in this schema yet."""
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [f"{schema}_quality.integrity_checks"])
        if cur.fetchone()[0] is None:
            raise UserError(
                f"There is no ledger in schema `{schema}` yet. Run `make sync`, or `make load` and "
                "`dbt build`."
            )
