"""The database that is planned for or published to, and patience with whoever else is at it.

settings, database, run log ──► Target ──► a connection; work ──► with_patience() ──► its result
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import psycopg2
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from loaders.errors import UserError
from playledger.publish.apply import LOCKED
from playledger.publish.exact_json import exactly

if TYPE_CHECKING:
    from psycopg2.extensions import connection
    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings
    from playledger.runs.log import RunLog

TRIES = 6
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Target:
    """The database that is planned for or published to, and the log of what is done to it."""

    settings: Settings
    database: Database
    console: Console
    run: RunLog
    named_by: str = ""  # the options that name this database again

    @contextmanager
    def connect(self) -> Iterator[connection]:
        """A connection that commits only where it is told to."""
        try:
            conn = self.database.open()
            try:
                exactly(conn)
                yield conn
            finally:
                conn.close()
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise UserError(
                f"{self.database.address} stopped in the middle of the work "
                f"({str(error).strip().partition(chr(10))[0]}).\nAll of it was written, or "
                "nothing: `playledger plan` shows what is left to do."
            ) from None


def with_patience(work: Callable[[], Result]) -> Result:
    """Try again where another's lock is in the way; nobody waits for ours meanwhile."""
    patient = Retrying(
        retry=retry_if_exception_type(LOCKED),
        stop=stop_after_attempt(TRIES),
        wait=wait_random_exponential(max=10),
        reraise=True,
    )
    try:
        return patient(work)
    except LOCKED:
        raise UserError(
            f"Somebody else holds rows or tables that must be written; {TRIES} tries were in vain."
            "\nNothing was written. Run the same command again."
        ) from None
