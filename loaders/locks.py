"""Work that must not run twice at once on one database: loads, and runs.

number of the work ──► take_turn() ──► an advisory lock, held until its connection closes
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from psycopg2.errors import LockNotAvailable

if TYPE_CHECKING:
    from psycopg2.extensions import connection

# PostgreSQL lets go of a lock a moment after its connection was closed, not at once.
LETTING_GO = "2s"


def try_advisory_lock(conn: connection, work: int) -> bool:
    """Whether this connection has the work to itself now; False when another one goes on with it.

    A False answer leaves the connection's transaction failed: close it.
    """
    with closing(conn.cursor()) as cursor:
        cursor.execute("set lock_timeout = %s", [LETTING_GO])
        try:
            cursor.execute("select pg_advisory_lock(%s)", [work])
        except LockNotAvailable:
            return False
        cursor.execute("reset lock_timeout")
    return True
