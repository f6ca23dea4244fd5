"""Questions to the ledger, read-only: as `ledger_reader` where that role is there.

    SQL with {ledger} and {quality}, values ──► Reader.rows() ──► named rows

Connections are kept between questions. One that was lost is opened again once; a database that is
away, or takes too long, is `Unavailable`, with a sentence for people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extras import NamedTupleCursor

from loaders.database import READER, may_be_reader
from loaders.errors import UserError
from playledger.web.background_cache import BackgroundCache

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

    from loaders.database import Database

SECONDS = 5  # that a page may ask
DOWNLOAD = 120  # that a download, or what is kept afterwards, may ask
BATCH = 2_000  # rows that a download holds at a time
# A table that is emptied at once gets another file.
WRITTEN = """
    select concat_ws(
        ' ', sum(
            pg_stat_get_tuples_inserted(pg_class.oid) + pg_stat_get_tuples_updated(pg_class.oid)
            + pg_stat_get_tuples_deleted(pg_class.oid)
        ), sum(relfilenode::bigint)
    ) as mark
    from pg_class inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname in (%(schema)s, %(schema)s || '_quality') and relkind in ('r', 'p')
"""
AS_JSON = "select coalesce(jsonb_agg(to_jsonb(asked)), '[]')::text from ({}) as asked"
LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)


class Row(Protocol):
    """One row: its columns are attributes."""

    def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 (as PostgreSQL has it)

    def __getitem__(self, place: int) -> Any: ...  # noqa: ANN401


class Unavailable(Exception):
    """The ledger cannot be asked just now; its text says why and what to do."""


class Reader:
    """Asks one ledger. Safe to use from several threads: each question has its own connection."""

    def __init__(self, database: Database, schema: str) -> None:
        self.address = database.address
        self.schema = schema
        self._database = database
        self._idle: SimpleQueue[connection] = SimpleQueue()
        self._kept: dict[str, BackgroundCache[str]] = {}
        self._names = {
            "ledger": sql.Identifier(schema),
            "quality": sql.Identifier(f"{schema}_quality"),
        }

    def rows(self, query: str, values: dict[str, Any] | None = None) -> list[Row]:
        """All rows of a question, columns as attributes; `{ledger}` and `{quality}` are schemas."""
        with self._asking(SECONDS) as cur:
            cur.execute(self._with_schemas(query), values or {})
            return cur.fetchall()

    def row(self, query: str, values: dict[str, Any] | None = None) -> Row | None:
        """The first row of a question, or None."""
        return next(iter(self.rows(query, values)), None)

    def has(self, table: str) -> bool:
        """Whether a table is there; its name as in a question: `{quality}.sync_runs`."""
        names = {name: identifier.strings[0] for name, identifier in self._names.items()}
        found = self.row("select to_regclass(%(name)s) as found", {"name": table.format(**names)})
        return found.found is not None

    def written(self) -> str:
        """A mark that moves with every row that is written to the ledger; quickly asked.

        PostgreSQL counts what is written some seconds late, a minute at most.
        """
        return self.row(WRITTEN, {"schema": self.schema}).mark

    def kept(self, query: str) -> str:
        """The rows of a question as a JSON array, asked anew once the mark has moved.

        Where that takes long, those that were known before are given meanwhile.
        """
        known = BackgroundCache(partial(self._as_json, query), self.written)
        return self._kept.setdefault(query, known).need()

    def stream(self, query: str, values: dict[str, Any]) -> Iterator[Row]:
        """The rows of a long question, some at a time."""
        with self._asking(DOWNLOAD) as cur:
            cur.execute(sql.SQL("declare asked cursor for ") + self._with_schemas(query), values)
            while True:
                cur.execute("fetch %s from asked", [BATCH])
                found = cur.fetchall()
                yield from found
                if len(found) < BATCH:
                    return

    def close(self) -> None:
        """Close what is kept open."""
        while not self._idle.empty():
            self._idle.get().close()

    def _as_json(self, query: str) -> str:
        with self._asking(DOWNLOAD) as cur:
            cur.execute(sql.SQL(AS_JSON).format(self._with_schemas(query)))
            return cur.fetchone()[0]

    def _with_schemas(self, query: str) -> sql.Composed:
        return sql.SQL(query).format(**self._names)

    @contextmanager
    def _asking(self, seconds: int) -> Iterator[cursor]:
        conn = self._connection()
        try:
            with conn.cursor(cursor_factory=NamedTupleCursor) as cur:
                cur.execute("set local statement_timeout = %s", [f"{seconds}s"])
                yield cur
        except errors.QueryCanceled:
            raise Unavailable(
                f"The database took longer than {seconds} seconds to answer. Narrow the search, or "
                "try again later."
            ) from None
        except (errors.UndefinedTable, errors.UndefinedColumn, errors.InvalidSchemaName):
            raise Unavailable(
                f"The ledger `{self.schema}` is not there, or another version of the project made "
                "it. Run `make load` and `dbt build`, then open this page again."
            ) from None
        except errors.InsufficientPrivilege:
            raise Unavailable(
                f"This user may not read the ledger `{self.schema}`. `playledger roles` gives "
                f"{READER} the right to."
            ) from None
        except LOST:
            raise Unavailable(
                f"{self.address} does not answer. Start it (`playledger verify` starts the "
                "embedded one), then open this page again."
            ) from None
        finally:
            self._give_back(conn)

    def _connection(self) -> connection:
        """One that answers: those that were lost meanwhile are thrown away."""
        while True:
            try:
                conn = self._idle.get_nowait()
            except Empty:
                return self._open()
            try:
                with conn.cursor() as cur:
                    cur.execute("select")
                return conn
            except LOST:
                conn.close()

    def _open(self) -> connection:
        try:
            conn = self._database.open()
        except UserError as error:
            raise Unavailable(str(error)) from None
        with conn.cursor() as cur:
            # A bitmap of a million rows fits, and the ledger is in memory more often than not.
            cur.execute("set work_mem = '64MB'; set random_page_cost = 1.1")
            cur.execute("set default_transaction_read_only = on")
            if may_be_reader(cur, self.schema):
                cur.execute(sql.SQL("set role {}").format(sql.Identifier(READER)))
        conn.commit()
        return conn

    def _give_back(self, conn: connection) -> None:
        try:
            conn.rollback()
        except LOST:
            conn.close()
        else:
            self._idle.put(conn)
