"""Read-only queries on one ledger: as `ledger_reader` where that role is there.

    SQL with {ledger} and {quality}, values ──► Reader.rows() ──► named rows

A database that is away, or takes too long, raises `Unavailable` with a sentence for people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from psycopg2 import errors, sql
from psycopg2.extensions import cursor
from psycopg2.pool import PoolError

from loaders.database import READER, Database
from loaders.text import first_line
from playledger.web.background_cache import BackgroundCache
from playledger.web.connection_pool import CONNECTION_LOST, MAX_CONNECTIONS, ConnectionPool

PAGE_TIMEOUT = 5  # seconds for a query that a page waits for
LONG_TIMEOUT = 120  # seconds for a download, and for what is cached
FETCH_ROWS = 2_000  # rows of a download that are in memory at a time
OF_ANOTHER_VERSION = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.UndefinedFunction,
    errors.InvalidSchemaName,
)
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
        self._pool = ConnectionPool(database, schema)
        self._caches: dict[str, BackgroundCache[str]] = {}
        self._schemas = {"ledger": schema, "quality": f"{schema}_quality"}

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
        name = table.format(**self._schemas)
        found = self.row("select to_regclass(%(name)s) as found", {"name": name})
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
        self._pool = ConnectionPool(self._database, self.schema)

    def _as_json(self, query: str) -> str:
        with self._cursor(LONG_TIMEOUT) as cur:
            cur.execute(sql.SQL(AS_JSON).format(self._with_schemas(query)))
            return cur.fetchone()[0]

    def _with_schemas(self, query: str) -> sql.Composed:
        names = {name: sql.Identifier(schema) for name, schema in self._schemas.items()}
        return sql.SQL(query).format(**names)

    @contextmanager
    def _cursor(self, timeout: float) -> Iterator[cursor]:
        try:
            with self._pool.cursor(timeout) as cur:
                yield cur
        except errors.QueryCanceled:
            raise Unavailable(
                f"The database took longer than {timeout} seconds to answer. Narrow the search, or "
                "try again later."
            ) from None
        except (
            errors.UndefinedTable,
            errors.UndefinedColumn,
            errors.UndefinedFunction,
            errors.InvalidSchemaName,
        ):
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
