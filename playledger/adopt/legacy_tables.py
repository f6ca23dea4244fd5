"""Which legacy tables exist, and their columns.

    connection, schema ──► find_legacy_tables() ──► LegacyTable ...; has_rows(), adopted_at()

Only reads. Installations differ: a column may be missing or of another type.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from psycopg2 import DataError, errors, sql
from psycopg2.extensions import connection

from loaders.database import Database
from loaders.errors import UserError
from loaders.text import first_line
from playledger.publish.plan_store import published_runs

CAMPAIGNS, CLIENTS, VENDORS = "spotify_campaigns", "clients", "vendors"
NAMES = (CAMPAIGNS, CLIENTS, VENDORS, "campaign_playlists")
# A right is missing, or a column is of a type that cannot be sorted or cast to text.
UNREADABLE = (errors.InsufficientPrivilege, errors.UndefinedFunction, DataError)

COLUMNS = """
    select relname, attname, base.typname, base.typcategory
    from pg_class
    inner join pg_namespace on relnamespace = pg_namespace.oid
    inner join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    inner join pg_type as own on own.oid = atttypid
    inner join pg_type as base on base.oid = coalesce(nullif(own.typbasetype, 0), own.oid)
    where nspname = %s and relname = any(%s) and relkind in ('r', 'p', 'v', 'm', 'f')
    order by relname, attnum
"""


@dataclass(frozen=True, slots=True)
class LegacyColumn:
    """A column as the catalog has it: its type by name, and that type's category (`S` for text)."""

    name: str
    type: str
    category: str


@dataclass(frozen=True, slots=True)
class LegacyTable:
    """A legacy table: its schema, name and columns, in their order."""

    schema: str
    name: str
    columns: dict[str, LegacyColumn]

    @property
    def identifier(self) -> sql.Identifier:
        """The table's qualified name."""
        return sql.Identifier(self.schema, self.name)

    def text(self, column: str) -> sql.Composable:
        """A column as text; null where the table lacks it."""
        if column not in self.columns:
            return sql.SQL("null::text")
        return sql.SQL("legacy.{}::text").format(sql.Identifier(column))


@contextmanager
def read_only(database: Database, schema: str) -> Iterator[connection]:
    """A read-only connection that sees one snapshot of the legacy tables.

    Raises UserError when this user may not read them, or not all of their rows.
    """
    with database.connect() as conn:
        conn.set_session(isolation_level="REPEATABLE READ", readonly=True)
        try:
            with conn.cursor() as cur:
                cur.execute("set local row_security = off")  # an error instead of fewer rows
            yield conn
        except UNREADABLE as error:
            raise UserError(
                f"{database.address}: the legacy tables in schema `{schema}` cannot be read "
                f"({first_line(error)}).\n"
                "Run the command as their owner, or create views of them in another schema and "
                "name that with --from. Nothing was changed."
            ) from None


def find_legacy_tables(conn: connection, schema: str) -> dict[str, LegacyTable]:
    """The legacy tables that exist, by name."""
    found: dict[str, LegacyTable] = {}
    with conn.cursor() as cur:
        cur.execute(COLUMNS, [schema, list(NAMES)])
        for name, column, kind, category in cur:
            table = found.setdefault(name, LegacyTable(schema, name, {}))
            table.columns[column] = LegacyColumn(column, kind, category)
    return found


def has_rows(conn: connection, table: sql.Identifier) -> bool:
    """Whether a table exists and has rows."""
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [table.as_string(conn)])
        if cur.fetchone()[0] is None:
            return False
        cur.execute(sql.SQL("select exists (select from {})").format(table))
        return cur.fetchone()[0]


def adopted_at(conn: connection, ledger: str) -> datetime | None:
    """When this ledger adopted legacy tables; None when it never did, or that was undone."""
    for run in published_runs(conn, ledger):
        if run.undone_at is None and "-adopt" in run.run_id:
            return run.published_at
    return None
