"""Connections to the ledger that only read, kept between queries.

Database, schema ──► ConnectionPool.cursor() ──► a cursor in a transaction, rolled back
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection, cursor
from psycopg2.extras import NamedTupleCursor
from psycopg2.pool import ThreadedConnectionPool

from loaders.database import DEFAULTS, READER, Database, may_be_reader

MAX_CONNECTIONS = 50  # more than a server of pages has threads
IDLE_CONNECTIONS = 5  # that stay open between two pages
CONNECTION_LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)


class ReadOnlyConnection(connection):
    """A connection that only reads, as `ledger_reader` where that role sees the schema."""

    def __init__(self, schema: str, dsn: str) -> None:
        super().__init__(dsn)
        with self, self.cursor() as cur:
            # A bitmap of a million rows fits, and the ledger is in memory more often than not.
            cur.execute("set work_mem = '64MB'; set random_page_cost = 1.1")
            cur.execute("set default_transaction_read_only = on")
            if may_be_reader(cur, schema):
                cur.execute(sql.SQL("set role {}").format(sql.Identifier(READER)))


class ConnectionPool(ThreadedConnectionPool):
    """Opens connections when they are needed, and keeps some of them open."""

    def __init__(self, database: Database, schema: str) -> None:
        parameters = {**DEFAULTS, **database.parameters}
        factory = partial(ReadOnlyConnection, schema)
        super().__init__(0, MAX_CONNECTIONS, connection_factory=factory, **parameters)
        self.minconn = IDLE_CONNECTIONS  # the base class would open so many at once

    @contextmanager
    def cursor(self, timeout: float) -> Iterator[cursor]:
        """A cursor whose statements take `timeout` seconds at most; rows have named columns.

        Idle connections that were lost are replaced. Raises what psycopg2 raises: PoolError when
        all connections are in use, and one of CONNECTION_LOST when the database is away.
        """
        while True:
            conn = self.getconn()
            try:
                cur = conn.cursor(cursor_factory=NamedTupleCursor)
                cur.execute("set local statement_timeout = %s", [f"{timeout}s"])
                break
            except CONNECTION_LOST:
                self.putconn(conn, close=True)
        try:
            yield cur
        finally:
            with suppress(*CONNECTION_LOST):  # a closed one does not go back
                conn.rollback()
            self.putconn(conn)
