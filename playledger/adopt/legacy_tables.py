"""Which of the old tables there are, and their columns.

    connection, schema ──► find_tables() ──► OldTable ...; no_campaigns_yet(), adopted_on()

Only reads. Old installations differ: a column may be missing or of another type.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2 import DataError, errors, sql

from loaders.errors import UserError
from playledger.publish.plan_store import published

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.database import Database

CAMPAIGNS, CLIENTS, VENDORS = "spotify_campaigns", "clients", "vendors"
NAMES = (CAMPAIGNS, CLIENTS, VENDORS, "campaign_playlists")
# A right is missing, or a column is of a type that cannot be sorted or written as text.
UNREADABLE = (errors.InsufficientPrivilege, errors.UndefinedFunction, DataError)
KIND = "adopt"  # of the run, and the end of its name

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
ADOPTED = """
    select min(created_at) from {} where matched_by = 'adopted'
"""


@dataclass(frozen=True, slots=True)
class OldColumn:
    """A column as the catalog has it: its type by name, and that type's category (`S` for text)."""

    name: str
    type: str
    category: str


@dataclass(frozen=True, slots=True)
class OldTable:
    """One of the old tables: its schema, name and columns, in their order."""

    schema: str
    name: str
    columns: dict[str, OldColumn]

    @property
    def place(self) -> sql.Identifier:
        """Where it is."""
        return sql.Identifier(self.schema, self.name)

    def text(self, column: str) -> sql.Composable:
        """A column as text; null where the table lacks it."""
        if column not in self.columns:
            return sql.SQL("null::text")
        return sql.SQL("old.{}::text").format(sql.Identifier(column))


@contextmanager
def reading(database: Database, schema: str) -> Iterator[connection]:
    """A connection that sees one moment of the old tables and writes nothing; UserError when it may
    not read them, or not all of their rows.
    """
    with database.connect() as conn:
        conn.set_session(isolation_level="REPEATABLE READ", readonly=True)
        try:
            with conn.cursor() as cur:
                cur.execute("set local row_security = off")  # an error, not fewer rows
            yield conn
        except UNREADABLE as error:
            why = str(error).strip().partition("\n")[0]
            raise UserError(
                f"{database.address}: the old tables in schema `{schema}` cannot be read ({why})."
                "\nRun the command as their owner, or make views of them in another schema and "
                "name that with --from. Nothing was changed."
            ) from None


def find_tables(conn: connection, schema: str) -> dict[str, OldTable]:
    """The old tables that are there, by name."""
    found: dict[str, OldTable] = {}
    with conn.cursor() as cur:
        cur.execute(COLUMNS, [schema, list(NAMES)])
        for table, column, kind, category in cur:
            old = found.setdefault(table, OldTable(schema, table, {}))
            old.columns[column] = OldColumn(column, kind, category)
    return found


def is_there(conn: connection, table: sql.Identifier) -> bool:
    """Whether a table is there and has rows."""
    with conn.cursor() as cur:
        cur.execute("select to_regclass(%s)", [table.as_string(conn)])
        if cur.fetchone()[0] is None:
            return False
        cur.execute(sql.SQL("select exists (select from {})").format(table))
        return cur.fetchone()[0]


def adopted_on(conn: connection, ledger: str) -> datetime | None:
    """When this ledger adopted old tables; None when it never did, or that was taken back."""
    runs = [run for run in published(conn, ledger) if run.undone_at is None]
    for run in runs:
        if f"-{KIND}" in run.run_id:
            return run.published_at
    sightings = sql.Identifier(ledger, "campaign_sightings")
    if not is_there(conn, sightings):
        return None
    with conn.cursor() as cur:
        cur.execute(sql.SQL(ADOPTED).format(sightings))
        return cur.fetchone()[0]
