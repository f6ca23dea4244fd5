"""Work off a list: several pages at once, politely, through whatever the site does.

    WorkList, Collection, Browser ──► Runner.run() ──► result files, failures, Ending

Before hundreds of pages are opened two are looked at, the roster and one item's: when they are not
as they should be, nothing else is opened. An item that fails in a way that may pass is tried again.
When the session ends all workers stop at once; what is in flight stays on the list.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Protocol

from loaders.scrape.attempts import Visits
from loaders.scrape.browser_pool import Browser
from loaders.scrape.errors import (
    LayoutChanged,
    ScrapeError,
    SessionEnded,
    SiteBusy,
    Unreachable,
)
from loaders.scrape.page import SitePage
from loaders.scrape.throttle import Pace
from loaders.scrape.worklist import Item, WorkList

LAYOUTS_IN_A_ROW = 3
SILENT_IN_A_ROW = 8
CANARIES = 3  # an item that is gone says nothing of the others


class Ending(Enum):
    """How a run ended, in words for people."""

    FINISHED = "finished"
    INTERRUPTED = "stopped by you"
    SESSION_ENDED = "the session ended"
    LAYOUT_CHANGED = "the site looks different"
    NO_ANSWER = "the site could not be asked"


class Collection(Protocol):
    """What a run collects: `kind` names its folder, `unit` what its items are called."""

    kind: str
    unit: str

    async def check(self, page: SitePage, item: Item) -> None:
        """See whether the item's page is as it was; raises a Trouble."""

    async def collect(self, page: SitePage, item: Item) -> dict[str, object]:
        """The content of an item's result file; raises a Trouble."""

    def outcomes(self, content: dict[str, object]) -> Counter[str]:
        """What a result says, counted in words for the report."""


class Runner:
    """Works off a list. `changed` is called after each item, for whoever shows progress."""

    def __init__(
        self,
        work: WorkList,
        collection: Collection,
        browser: Browser,
        pace: Pace,
        workers: int,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._work, self._collection, self._browser = work, collection, browser
        self._pace, self._workers, self._changed = pace, workers, changed
        self._queue: deque[Item] = deque(work.left)
        self._ending: Ending | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._visits = Visits(browser, pace, work.folder / "pages", lambda: self._ending is None)
        self._in_a_row: Counter[str] = Counter()  # failures by cause since the last success
        self.outcomes: Counter[str] = Counter()
        self.finished = 0  # items that this process finished
        self.in_flight = 0
        self.no_answer = ""  # why the site could not be asked

    async def run(self) -> Ending:
        """Work until the list is done or something stops it."""
        await self._together([self._begin()])
        if not self._ending:
            count = min(self._workers, len(self._queue))
            await self._together([self._drain() for _ in range(count)])
        if self._ending is not Ending.SESSION_ENDED:
            await self._browser.save_session()
        return self._ending or Ending.FINISHED

    def interrupt(self) -> None:
        """Finish what is in flight; called a second time, stop at once."""
        is_second = self._ending is Ending.INTERRUPTED
        self._ending = self._ending or Ending.INTERRUPTED
        if is_second:
            self._stop_at_once()

    @property
    def is_slowed(self) -> bool:
        """Whether the site made the run slower than asked for."""
        return self._pace.is_slowed

    @property
    def retries(self) -> Counter[str]:
        """How often something was tried again, by cause."""
        return self._visits.retries

    @property
    def is_stopping(self) -> bool:
        """Whether no new item is begun."""
        return self._ending is not None

    async def _begin(self) -> None:
        """Look at the roster and at one item's page before hundreds are opened."""
        if ending := await self._ask_roster():
            self._end(ending)
        elif not self._ending:
            await self._check_shape()

    async def _ask_roster(self) -> Ending | None:
        """Open the roster; why the run cannot begin, None when it can."""
        try:
            await self._visits.prove()
        except SessionEnded:
            return Ending.SESSION_ENDED
        except LayoutChanged:
            return None  # the first item shows whether its own page has changed too
        except ScrapeError as trouble:
            self.no_answer = f"{trouble.cause.replace('_', ' ')}: {trouble.detail}"
            return Ending.NO_ANSWER
        return None

    async def _check_shape(self) -> None:
        """Look at the page of an item, or of another: one that is gone says nothing of the rest."""
        for item in list(self._queue)[:CANARIES]:
            try:
                await self._visits.make(self._collection.check, item)
            except SessionEnded:
                self._end(Ending.SESSION_ENDED)
            except LayoutChanged as trouble:
                self._queue.remove(item)
                self._work.fail(item, trouble.cause, trouble.detail, trouble.attempts)
                await self._stop_if_all_fail(trouble)
            except ScrapeError:
                continue  # its own turn will tell
            else:
                return
            if self._ending:
                return

    async def _together(self, work: list[Coroutine[None, None, None]]) -> None:
        """Await all; those that are cancelled just end."""
        self._tasks = [asyncio.ensure_future(each) for each in work]
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def _drain(self) -> None:
        while self._queue and not self._ending:
            await self._take(self._queue.popleft())

    async def _take(self, item: Item) -> None:
        """Collect one item, and write down how that went."""
        self.in_flight += 1
        try:
            content = await self._visits.make(self._collection.collect, item)
        except SessionEnded:
            self._end(Ending.SESSION_ENDED)
        except ScrapeError as trouble:
            if not (self._ending and trouble.is_passing):  # else it stays on the list
                self._work.fail(item, trouble.cause, trouble.detail, trouble.attempts)
                await self._stop_if_all_fail(trouble)
        else:
            self._work.finish(item, content)
            self.outcomes += self._collection.outcomes(content)
            self.finished += 1
            self._in_a_row.clear()
            self._pace.went_well()
        finally:
            self.in_flight -= 1
            self._changed()

    async def _stop_if_all_fail(self, trouble: ScrapeError) -> None:
        """Stop when item after item shows that the site has changed, or does not answer at all."""
        self._in_a_row[trouble.cause] += 1
        if self._in_a_row[LayoutChanged.cause] >= LAYOUTS_IN_A_ROW:
            self._end(Ending.LAYOUT_CHANGED)
        silent = sum(self._in_a_row[each.cause] for each in (SiteBusy, Unreachable))
        if silent >= SILENT_IN_A_ROW and not self._ending:
            self._in_a_row.clear()
            if ending := await self._ask_roster():
                self._end(ending)

    def _end(self, ending: Ending) -> None:
        self._ending = ending
        self._stop_at_once()

    def _stop_at_once(self) -> None:
        own = asyncio.current_task()
        for task in self._tasks:
            if task is not own:
                task.cancel()
