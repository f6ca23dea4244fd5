"""Work off a list: several pages at once, throttled, with retries.

    WorkList, Collection, BrowserPool ──► Runner.run() ──► result files, failures, Ending

Before hundreds of pages are opened two are checked, the roster and one item's page (the canary).
When the session expires all workers stop at once; what is in flight stays on the list.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Protocol

from loaders.scrape.attempts import Attempts
from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.errors import (
    LayoutChanged,
    ScrapeError,
    SessionExpired,
    SiteBusy,
    SiteUnreachable,
)
from loaders.scrape.page import BrowserPage
from loaders.scrape.worklist import Item, WorkList

logger = logging.getLogger(__name__)
MAX_LAYOUT_CHANGES = 3  # in a row, until the run stops
MAX_UNANSWERED = 8  # the same
CANARIES = 3  # items tried: one that is gone says nothing about the others


class Ending(Enum):
    """How a run ended; the value is shown to people."""

    FINISHED = "finished"
    INTERRUPTED = "stopped by you"
    SESSION_EXPIRED = "the session expired"
    LAYOUT_CHANGED = "the site looks different"
    NO_ANSWER = "the site did not answer"


class Collection(Protocol):
    """What a run collects: `kind` names its folder, `unit` is the plural of its items."""

    kind: str
    unit: str

    async def check(self, page: BrowserPage, item: Item) -> None:
        """Check that the item's page has its usual layout; raises a ScrapeError."""

    async def collect(self, page: BrowserPage, item: Item) -> dict[str, object]:
        """The content of the item's result file; raises a ScrapeError."""

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """Counts of what a result holds, by their label in the report."""


class Runner:
    """Works off a list; calls `on_change` after each item."""

    def __init__(
        self, work: WorkList, collection: Collection, pool: BrowserPool, workers: int
    ) -> None:
        self.work, self.collection, self._pool = work, collection, pool
        self._workers = workers
        self.on_change: Callable[[], None] = lambda: None
        self._queue: deque[Item] = deque(work.left)
        self._ending: Ending | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._attempts = Attempts(pool, work.folder / "pages", lambda: not self._ending)
        self._failures_in_a_row: Counter[str] = Counter()  # by cause
        self.outcomes: Counter[str] = Counter()
        self.retries = self._attempts.retries
        self.finished = 0  # items, by this process
        self.in_flight = 0
        self.no_answer = ""  # why the site did not answer

    async def run(self) -> Ending:
        """Work until the list is done or something stops the run."""
        await self._run_tasks([self._check_site()])
        if not self._ending:
            count = min(self._workers, len(self._queue))
            await self._run_tasks([self._worker() for _ in range(count)])
        if self._ending is not Ending.SESSION_EXPIRED:
            await self._pool.save_session()
        return self._ending or Ending.FINISHED

    def interrupt(self) -> None:
        """Finish what is in flight; called a second time, stop at once."""
        is_second = self._ending is Ending.INTERRUPTED
        self._ending = self._ending or Ending.INTERRUPTED
        if is_second:
            self._cancel_tasks()

    @property
    def is_slowed(self) -> bool:
        """Whether the site made the run slower than its limit."""
        return self._pool.throttle.is_slowed

    @property
    def is_stopping(self) -> bool:
        """Whether no new item is started."""
        return self._ending is not None

    async def _check_site(self) -> None:
        if ending := await self._check_roster():
            self._end(ending)
        elif not self._ending:
            await self._check_canary()

    async def _check_roster(self) -> Ending | None:
        """Open the roster; why the run cannot start, or None."""
        try:
            await self._attempts.check_roster()
        except SessionExpired:
            return Ending.SESSION_EXPIRED
        except LayoutChanged:
            return None  # the canary shows whether the items' pages have changed too
        except ScrapeError as error:
            self.no_answer = f"{error.cause.replace('_', ' ')}: {error.detail}"
            return Ending.NO_ANSWER
        return None

    async def _check_canary(self) -> None:
        for item in list(self._queue)[:CANARIES]:
            try:
                await self._attempts.run(self.collection.check, item)
            except SessionExpired:
                self._end(Ending.SESSION_EXPIRED)
            except LayoutChanged as error:
                self._queue.remove(item)
                await self._fail(item, error)
            except ScrapeError:
                continue  # the item is tried again in its turn
            else:
                return
            if self._ending:
                return

    async def _run_tasks(self, work: list[Coroutine[None, None, None]]) -> None:
        """Await all; cancelled ones just end."""
        self._tasks = [asyncio.ensure_future(each) for each in work]
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def _worker(self) -> None:
        while self._queue and not self._ending:
            await self._process(self._queue.popleft())

    async def _process(self, item: Item) -> None:
        """Collect one item and record the result or failure."""
        self.in_flight += 1
        try:
            content = await self._attempts.run(self.collection.collect, item)
        except SessionExpired:
            self._end(Ending.SESSION_EXPIRED)
        except ScrapeError as error:
            if not (self._ending and error.is_transient):  # else it stays on the list
                await self._fail(item, error)
        else:
            self.work.finish(item, content)
            self.outcomes += self.collection.outcomes(content)
            self.finished += 1
            self._failures_in_a_row.clear()
            self._pool.throttle.speed_up()
        finally:
            self.in_flight -= 1
            self.on_change()

    async def _fail(self, item: Item, error: ScrapeError) -> None:
        """Record a failure; stop the run when item after item fails the same way."""
        logger.info("Failed: %s: %s (%s)", item.label, error.cause, error.detail)
        self.work.fail(item, error.cause, error.detail, error.attempts)
        in_a_row = self._failures_in_a_row
        in_a_row[error.cause] += 1
        if in_a_row[LayoutChanged.cause] >= MAX_LAYOUT_CHANGES:
            self._end(Ending.LAYOUT_CHANGED)
        unanswered = in_a_row[SiteBusy.cause] + in_a_row[SiteUnreachable.cause]
        if unanswered >= MAX_UNANSWERED and not self._ending:
            in_a_row.clear()
            if ending := await self._check_roster():
                self._end(ending)

    def _end(self, ending: Ending) -> None:
        logger.info("Stopping the run: %s", ending.value)
        self._ending = ending
        self._cancel_tasks()

    def _cancel_tasks(self) -> None:
        current = asyncio.current_task()
        for task in self._tasks:
            if task is not current:
                task.cancel()
