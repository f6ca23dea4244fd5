"""Attempts at an item: work on a page, retried with backoff; failures leave a screenshot.

    Item, work on its page ──► Attempts.run() ──► its result, or the last ScrapeError

A log-in page counts only when the roster confirms that the session has expired.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from tenacity import AsyncRetrying, RetryCallState, wait_exponential_jitter

from loaders.scrape.browser_pool import BrowserPool
from loaders.scrape.errors import BrowserCrashed, PageTimeout, ScrapeError, SessionExpired, SiteBusy
from loaders.scrape.page import BrowserPage
from loaders.scrape.worklist import Item

Result = TypeVar("Result")
logger = logging.getLogger(__name__)

# Seconds.
ITEM_TIMEOUT = 300
SESSION_CHECK_TIMEOUT = 20
EVIDENCE_TIMEOUT = 8
BACKOFF = wait_exponential_jitter(initial=1, max=30, jitter=2)
# Scripts and typed text may hold the session or a password.
BARE_HTML = """() => {
    const copy = document.documentElement.cloneNode(true);
    for (const part of copy.querySelectorAll("script, noscript, iframe, meta")) part.remove();
    for (const field of copy.querySelectorAll("input, textarea")) field.removeAttribute("value");
    return copy.outerHTML;
}"""


class Attempts:
    """Runs work on pages of a pool, with retries as long as `may_continue`.

    The first page of each cause of failure is saved in the folder `evidence`.
    """

    def __init__(self, pool: BrowserPool, evidence: Path, may_continue: Callable[[], bool]) -> None:
        self._pool, self._evidence, self._may_continue = pool, evidence, may_continue
        self._session_check = asyncio.Lock()
        self._has_session_expired = False
        self.retries: Counter[str] = Counter()  # by cause

    async def run(
        self, work: Callable[[BrowserPage, Item], Awaitable[Result]], item: Item
    ) -> Result:
        """Do the work for an item on a page; raises the ScrapeError of the last attempt."""
        return await self._with_retries(partial(self._attempt, work, item), item.label)

    async def check_roster(self) -> None:
        """Open the roster; raises a ScrapeError when it does not come up."""
        await self._with_retries(self._pool.open_roster, "the roster")

    async def _with_retries(self, work: Callable[[], Awaitable[Result]], label: str) -> Result:
        def may_help(state: RetryCallState) -> bool:
            error = state.outcome.exception()
            if not isinstance(error, ScrapeError):
                return False
            error.attempts = state.attempt_number
            has_attempts_left = error.is_transient and error.attempts < error.max_attempts
            return has_attempts_left and self._may_continue()

        def note_retry(state: RetryCallState) -> None:
            error = state.outcome.exception()
            self.retries[error.cause] += 1
            logger.info(
                "Retrying %s in %.1f s after attempt %d of %d: %s (%s) at %s",
                label, state.next_action.sleep, error.attempts, error.max_attempts, error.cause,
                error.detail, error.address or "no page",
            )  # fmt: skip

        return await AsyncRetrying(retry=may_help, wait=BACKOFF, before_sleep=note_retry)(work)

    async def _attempt(
        self, work: Callable[[BrowserPage, Item], Awaitable[Result]], item: Item
    ) -> Result:
        try:
            async with self._pool.page() as page:
                try:
                    async with asyncio.timeout(ITEM_TIMEOUT):
                        return await work(page, item)
                except TimeoutError:
                    raise PageTimeout(f"not read within {ITEM_TIMEOUT} seconds") from None
                except ScrapeError as error:
                    await self._save_evidence(page, error)
                    raise
        except SessionExpired:
            if await self._is_session_valid():
                raise SiteBusy("a log-in page came although the session is valid") from None
            raise
        except ScrapeError as error:
            if error.slows_down:
                self._pool.throttle.slow_down(error.retry_after)
            raise

    async def _is_session_valid(self) -> bool:
        """Check on the roster, once for all workers that saw a log-in page."""
        async with self._session_check:
            if self._has_session_expired:
                return False
            try:
                async with asyncio.timeout(SESSION_CHECK_TIMEOUT):
                    await self._pool.open_roster()
            except SessionExpired:
                self._has_session_expired = True
            except (ScrapeError, TimeoutError):
                pass  # no answer to the question: the item is retried
            return not self._has_session_expired

    async def _save_evidence(self, page: BrowserPage, error: ScrapeError) -> None:
        """Save `<cause>.png` and `<cause>.html` unless the run has them; never raises.

        Nothing is saved of a log-in page.
        """
        screenshot = self._evidence / f"{error.cause}.png"
        if isinstance(error, (SessionExpired, BrowserCrashed)) or screenshot.exists():
            return
        self._evidence.mkdir(parents=True, exist_ok=True)
        with suppress(PlaywrightError, TimeoutError, OSError):
            async with asyncio.timeout(EVIDENCE_TIMEOUT):
                html = await page.page.evaluate(BARE_HTML)
                screenshot.with_suffix(".html").write_text(html, "utf-8", "backslashreplace")
                await page.page.screenshot(path=screenshot)
