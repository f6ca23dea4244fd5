"""Read-only queries on one ledger: as `ledger_reader` where that role is there.

    SQL with {ledger} and {quality}, values ──► Reader.rows() ──► named rows

Connections are pooled. One that was lost is replaced; a database that is away, or takes too long,
raises `Unavailable` with a sentence for people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection
from psycopg2.extras import NamedTupleCursor
from psycopg2.pool import PoolError, ThreadedConnectionPool

from loaders.database import DEFAULTS
from loaders.errors import first_line
from loaders.reader_role import READER, may_be_reader
from playledger.web.background_cache import BackgroundCache

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

    from loaders.database import Database

PAGE_TIMEOUT = 5  # seconds for a query that a page waits for
LONG_TIMEOUT = 120  # seconds for a download, and for what is cached
FETCH_ROWS = 2_000  # rows of a download that are in memory at a time
MAX_CONNECTIONS = 50  # more than a server of pages has threads
IDLE_CONNECTIONS = 5  # that stay open between two pages
# A truncated table gets another file.
CHANGE_MARKER = """
    select concat_ws(
        ' ', sum(
            pg_stat_get_tuples_inserted(pg_class.oid) + pg_stat_get_tuples_updated(pg_class.oid)
            + pg_stat_get_tuples_deleted(pg_class.oid)
        ), sum(relfilenode::bigint)
    ) as marker
    from pg_class inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname in (%(schema)s, %(schema)s || '_quality') and relkind in ('r', 'p')
"""
AS_JSON = "select coalesce(jsonb_agg(to_jsonb(result)), '[]')::text from ({}) as result"
CONNECTION_LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)


class Row(Protocol):
    """One row: its columns are attributes."""

    def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 (as PostgreSQL has it)

    def __getitem__(self, place: int) -> Any: ...  # noqa: ANN401


class Unavailable(Exception):
    """The ledger cannot be read just now; its text says why and what to do."""


class Reader:
    """Reads one ledger. Safe to use from several threads: each query has its own connection.

    Every query raises `Unavailable` when the database is away, takes too long, or has no ledger.
    """

    def __init__(self, database: Database, schema: str) -> None:
        self.address = database.address
        self.schema = schema
        self._database = database
        self._pool = _Pool(database, schema)
        self._caches: dict[str, BackgroundCache[str]] = {}
        self._names = {
            "ledger": sql.Identifier(schema),
            "quality": sql.Identifier(f"{schema}_quality"),
        }

    def rows(self, query: str, values: dict[str, Any] | None = None) -> list[Row]:
        """All rows of a query, columns as attributes; `{ledger}` and `{quality}` are schemas."""
        with self._cursor(PAGE_TIMEOUT) as cur:
            cur.execute(self._with_schemas(query), values or {})
            return cur.fetchall()

    def row(self, query: str, values: dict[str, Any] | None = None) -> Row | None:
        """The first row of a query, or None."""
        return next(iter(self.rows(query, values)), None)

    def has_table(self, table: str) -> bool:
        """Whether a table is there; its name as in a query: `{quality}.sync_runs`."""
        names = {name: identifier.strings[0] for name, identifier in self._names.items()}
        found = self.row("select to_regclass(%(name)s) as found", {"name": table.format(**names)})
        return found.found is not None

    def change_marker(self) -> str:
        """A text that differs after any row of the ledger was written; cheap to read.

        PostgreSQL's statistics lag behind a write by some seconds, a minute at most.
        """
        return self.row(CHANGE_MARKER, {"schema": self.schema}).marker

    def cached_json(self, query: str) -> str:
        """The rows of a query as a JSON array, read again once the ledger has changed.

        Where that takes long, the rows that were read before are given meanwhile.
        """
        cache = BackgroundCache(partial(self._as_json, query), self.change_marker)
        return self._caches.setdefault(query, cache).get_or_wait()

    def stream(self, query: str, values: dict[str, Any]) -> Iterator[Row]:
        """The rows of a long query, `FETCH_ROWS` at a time."""
        with self._cursor(LONG_TIMEOUT) as cur:
            cur.execute(sql.SQL("declare page cursor for ") + self._with_schemas(query), values)
            while True:
                cur.execute("fetch %s from page", [FETCH_ROWS])
                found = cur.fetchall()
                yield from found
                if len(found) < FETCH_ROWS:
                    return

    def close(self) -> None:
        """Close all connections, after the queries that run; the next query opens another."""
        self._pool.closeall()
        self._pool = _Pool(self._database, self.schema)

    def _as_json(self, query: str) -> str:
        with self._cursor(LONG_TIMEOUT) as cur:
            cur.execute(sql.SQL(AS_JSON).format(self._with_schemas(query)))
            return cur.fetchone()[0]

    def _with_schemas(self, query: str) -> sql.Composed:
        return sql.SQL(query).format(**self._names)

    @contextmanager
    def _cursor(self, timeout: float) -> Iterator[cursor]:
        try:
            with (
                self._pool.connection() as conn,
                conn.cursor(cursor_factory=NamedTupleCursor) as cur,
            ):
                cur.execute("set local statement_timeout = %s", [f"{timeout}s"])
                yield cur
        except errors.QueryCanceled:
            raise Unavailable(
                f"The database took longer than {timeout} seconds to answer. Narrow the search, or "
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
        except PoolError:
            raise Unavailable(
                f"All {MAX_CONNECTIONS} connections to the database are in use. Try again in a "
                "moment."
            ) from None
        except CONNECTION_LOST as error:
            raise Unavailable(
                f"{self.address} did not answer ({first_line(error)}). Start it (`playledger "
                "verify` starts the embedded one) or check DATABASE_URL, then open this page again."
            ) from None


class _ReadOnlyConnection(connection):
    """A connection that only reads, as `ledger_reader` where that role sees the schema."""

    def __init__(self, schema: str, dsn: str) -> None:
        super().__init__(dsn)
        with self, self.cursor() as cur:
            # A bitmap of a million rows fits, and the ledger is in memory more often than not.
            cur.execute("set work_mem = '64MB'; set random_page_cost = 1.1")
            cur.execute("set default_transaction_read_only = on")
            if may_be_reader(cur, schema):
                cur.execute(sql.SQL("set role {}").format(sql.Identifier(READER)))


class _Pool(ThreadedConnectionPool):
    """Opens connections when they are asked for, not before."""

    def __init__(self, database: Database, schema: str) -> None:
        parameters = {**DEFAULTS, **database.parameters}
        factory = partial(_ReadOnlyConnection, schema)
        super().__init__(0, MAX_CONNECTIONS, connection_factory=factory, **parameters)
        self.minconn = IDLE_CONNECTIONS

    @contextmanager
    def connection(self) -> Iterator[connection]:
        """One that answers, in a transaction that is rolled back; lost ones are dropped."""
        conn = self.getconn()
        while not _is_alive(conn):
            self.putconn(conn, close=True)
            conn = self.getconn()
        try:
            yield conn
        finally:
            with suppress(*CONNECTION_LOST):  # a closed one does not go back
                conn.rollback()
            self.putconn(conn)


def _is_alive(conn: connection) -> bool:
    try:
        with conn.cursor() as cur:
            cur.execute("select")
    except CONNECTION_LOST:
        return False
    return True
