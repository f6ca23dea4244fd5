"""The database that a plan is made for or published to, and retries where it is locked.

settings, database, run log ──► Target ──► a connection; work ──► retry_on_lock() ──► its result
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import psycopg2
from psycopg2.extensions import connection
from rich.console import Console
from tenacity import (
    Retrying,
    before_sleep_log,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import Settings
from loaders.text import first_line
from playledger.publish.apply import LOCKED
from playledger.publish.exact_json import use_exact_json
from playledger.runs.log import RunLog

logger = logging.getLogger(__name__)

TRIES = 6
LONGEST_WAIT = 10  # seconds between two tries
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Target:
    """The database that a plan is made for or published to, and the log of the run."""

    settings: Settings
    database: Database
    console: Console
    run: RunLog
    options: str = ""  # of the command line that name this database again

    def say(self, text: str) -> None:
        """Print a text as it is."""
        self.console.print(text, markup=False, soft_wrap=True)

    @contextmanager
    def connect(self) -> Iterator[connection]:
        """A connection that commits only on request. Raises UserError when it is lost."""
        try:
            conn = self.database.open()
            try:
                use_exact_json(conn)
                yield conn
            finally:
                conn.close()
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise UserError(
                f"{self.database.address}: the connection was lost ({first_line(error)}).\n"
                "Everything was written, or nothing: `playledger plan` shows what is left to do."
            ) from None


def retry_on_lock(work: Callable[[], Result]) -> Result:
    """The result of a transaction that is retried while another session's lock is in its way.

    Each try gives up soon, so nobody waits for our locks meanwhile. Raises UserError after the
    last one.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(LOCKED),
        stop=stop_after_attempt(TRIES),
        wait=wait_random_exponential(max=LONGEST_WAIT),
        before_sleep=before_sleep_log(logger, logging.INFO),
        reraise=True,
    )
    try:
        return retrying(work)
    except LOCKED:
        raise UserError(
            f"Another session has locked rows or tables that must be written; {TRIES} tries failed."
            "\nNothing was written. Run the same command again."
        ) from None
