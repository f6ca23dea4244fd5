"""Work off a list: several pages at once, politely, through whatever the site does.

    WorkList, Collection, Browser ──► Runner.run() ──► result files, failures, Ending

One item goes first, alone (the canary): when the site does not answer as it should, nothing else is
opened. An item that fails in a way that may pass is tried again. When the session ends all workers
stop at once; what is in flight stays on the list.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import Protocol

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)

from loaders.scrape.browser import Browser, prove
from loaders.scrape.evidence import keep_evidence
from loaders.scrape.pace import Pace
from loaders.scrape.sitepage import SitePage
from loaders.scrape.trouble import (
    LayoutChanged,
    RowsLate,
    SessionEnded,
    SiteBusy,
    Trouble,
    Unreachable,
)
from loaders.scrape.worklist import Item, WorkList

ATTEMPTS = 4
ITEM_SECONDS = 300
LAYOUTS_IN_A_ROW = 3
CANARIES = 3  # a song that is gone says nothing of the others


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
        self._proving = asyncio.Lock()
        self._layouts = 0
        self.outcomes: Counter[str] = Counter()
        self.retries: Counter[str] = Counter()  # by cause
        self.finished = 0  # items that this process finished
        self.in_flight = 0

    async def run(self) -> Ending:
        """Work until the list is done or something stops it."""
        for _ in range(CANARIES):
            if not self._queue or self._ending:
                break
            if await self._run_alone():
                break
        if not self._ending:
            count = min(self._workers, len(self._queue))
            self._tasks = [asyncio.ensure_future(self._drain()) for _ in range(count)]
            results = await asyncio.gather(*self._tasks, return_exceptions=True)
            for result in results:
                if isinstance(result, Exception):
                    raise result
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
    def is_stopping(self) -> bool:
        """Whether no new item is begun."""
        return self._ending is not None

    async def _run_alone(self) -> bool:
        """Take the first item before all others; whether it showed that the site is as it was."""
        before = len(self._work.done)
        task = asyncio.ensure_future(self._take(self._queue.popleft(), is_canary=True))
        self._tasks = [task]
        with suppress(asyncio.CancelledError):
            await task
        return len(self._work.done) > before

    async def _drain(self) -> None:
        while self._queue and not self._ending:
            await self._take(self._queue.popleft())

    async def _take(self, item: Item, *, is_canary: bool = False) -> None:
        """Collect one item, and write down how that went."""
        attempts = 0
        self.in_flight += 1
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(lambda error: getattr(error, "is_passing", False)),
                stop=stop_after_attempt(ATTEMPTS),
                wait=wait_exponential_jitter(initial=1, max=30, jitter=2),
                before_sleep=self._note_retry,
                reraise=True,
            ):
                with attempt:
                    attempts += 1
                    content = await self._collect(item)
        except SessionEnded:
            self._end(Ending.SESSION_ENDED)
        except Trouble as trouble:
            could_not_ask = isinstance(trouble, (SiteBusy, Unreachable, RowsLate, LayoutChanged))
            if is_canary and could_not_ask:
                is_layout = isinstance(trouble, LayoutChanged)
                self._end(Ending.LAYOUT_CHANGED if is_layout else Ending.NO_ANSWER)
            self._work.fail(item, trouble.cause, trouble.detail, attempts)
            self._count_layouts(trouble)
        else:
            self._work.finish(item, content)
            self.outcomes += self._collection.outcomes(content)
            self.finished += 1
            self._layouts = 0
            self._pace.went_well()
        finally:
            self.in_flight -= 1
            self._changed()

    async def _collect(self, item: Item) -> dict[str, object]:
        try:
            async with self._browser.page() as page:
                try:
                    async with asyncio.timeout(ITEM_SECONDS):
                        return await self._collection.collect(page, item)
                except TimeoutError:
                    raise RowsLate(f"not read within {ITEM_SECONDS} seconds") from None
                except Trouble as trouble:
                    await keep_evidence(page, trouble, self._work.folder / "pages")
                    raise
        except SessionEnded:
            if await self._session_holds():
                raise SiteBusy("a log-in page came although the session holds") from None
            raise
        except Trouble as trouble:
            if trouble.slows_down:
                self._pace.slow_down(trouble.retry_after)
            raise

    async def _session_holds(self) -> bool:
        """Ask the site itself, once for all workers that saw a log-in page."""
        async with self._proving:
            if self._ending is Ending.SESSION_ENDED:
                return False
            try:
                async with self._browser.page() as page, asyncio.timeout(20):
                    await prove(page)
            except SessionEnded:
                return False
            except (Trouble, TimeoutError):
                return True  # it did not say so: the item is tried again
            return True

    def _note_retry(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Trouble):
            self.retries[error.cause] += 1

    def _count_layouts(self, trouble: Trouble) -> None:
        self._layouts = self._layouts + 1 if isinstance(trouble, LayoutChanged) else self._layouts
        if self._layouts >= LAYOUTS_IN_A_ROW:
            self._end(Ending.LAYOUT_CHANGED)

    def _end(self, ending: Ending) -> None:
        self._ending = ending
        self._stop_at_once()

    def _stop_at_once(self) -> None:
        own = asyncio.current_task()
        for task in self._tasks:
            if task is not own:
                task.cancel()
