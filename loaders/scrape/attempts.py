"""Visits: something done for an item with a page of the browser, again where that may help.

    Item, what to do with its page ──► Visits.make() ──► its answer, or a Trouble

A log-in page in place of an item's counts only when the site itself says that the session is over.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from loaders.scrape.browser_pool import Browser, prove
from loaders.scrape.errors import RowsLate, ScrapeError, SessionEnded, SiteBusy
from loaders.scrape.evidence import keep_evidence
from loaders.scrape.page import SitePage
from loaders.scrape.retry import Answer, retrying
from loaders.scrape.throttle import Pace
from loaders.scrape.worklist import Item

ITEM_SECONDS = 300
PROVING_SECONDS = 20


class Visits:
    """Visits of one run; what fails leaves evidence in a folder, `goes_on` allows another try."""

    def __init__(
        self, browser: Browser, pace: Pace, evidence: Path, goes_on: Callable[[], bool]
    ) -> None:
        self._browser, self._pace = browser, pace
        self._evidence, self._goes_on = evidence, goes_on
        self._proving = asyncio.Lock()
        self._is_over = False  # the session
        self.retries: Counter[str] = Counter()  # by cause

    async def make(self, work: Callable[[SitePage, Item], Awaitable[Answer]], item: Item) -> Answer:
        """Do something for an item with a page; raises the Trouble that stayed."""
        return await retrying(lambda: self._with_page(work, item), self._goes_on, self.retries)

    async def prove(self) -> None:
        """Open the roster; raises a Trouble when it does not come as it should."""
        await retrying(self._open_roster, self._goes_on, self.retries)

    async def _open_roster(self) -> None:
        async with self._browser.page() as page:
            await prove(page)

    async def _with_page(
        self, work: Callable[[SitePage, Item], Awaitable[Answer]], item: Item
    ) -> Answer:
        try:
            async with self._browser.page() as page:
                try:
                    async with asyncio.timeout(ITEM_SECONDS):
                        return await work(page, item)
                except TimeoutError:
                    raise RowsLate(f"not read within {ITEM_SECONDS} seconds") from None
                except ScrapeError as trouble:
                    await keep_evidence(page, trouble, self._evidence)
                    raise
        except SessionEnded:
            if await self._session_holds():
                raise SiteBusy("a log-in page came although the session holds") from None
            raise
        except ScrapeError as trouble:
            if trouble.slows_down:
                self._pace.slow_down(trouble.retry_after)
            raise

    async def _session_holds(self) -> bool:
        """Ask the site itself, once for all workers that saw a log-in page."""
        async with self._proving:
            if self._is_over:
                return False
            try:
                async with asyncio.timeout(PROVING_SECONDS):
                    await self._open_roster()
            except SessionEnded:
                self._is_over = True
            except (ScrapeError, TimeoutError):
                pass  # it did not say so: the item is tried again
            return not self._is_over
