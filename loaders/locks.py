"""Work that must not run twice at once on one database: loads, and runs of `playledger sync`.

number of a lock ──► try_advisory_lock() ──► PostgreSQL's advisory lock, until its connection closes
"""

from contextlib import closing

from psycopg2.errors import LockNotAvailable
from psycopg2.extensions import connection

from loaders.errors import UserError

# Every advisory lock of the project. They belong to one database, and applications share them.
LOAD_LOCK = 6_521_908_511  # two dlt pipelines on one staging schema lose rows (dlt#4297)
RUN_LOCK = 6_521_908_512  # a load within a run takes LOAD_LOCK as well

# PostgreSQL gives a lock free a moment after its connection was closed, not at once.
PATIENCE = "2s"


def try_advisory_lock(conn: connection, lock: int) -> bool:
    """Take a lock that this connection keeps until it closes; False when another one has it.

    After False, the connection's transaction has failed: close it.
    """
    with closing(conn.cursor()) as cursor:
        cursor.execute("set lock_timeout = %s", [PATIENCE])
        try:
            cursor.execute("select pg_advisory_lock(%s)", [lock])
        except LockNotAvailable:
            return False
        cursor.execute("reset lock_timeout")
    return True


def require_load_lock(conn: connection) -> None:
    """Hold off other loads until the connection closes; UserError when one is running."""
    if not try_advisory_lock(conn, LOAD_LOCK):
        raise UserError("Another load is running on this database. Try again when it is done.")
