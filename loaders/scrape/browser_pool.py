"""The browser of a run: pages to read with, in contexts that are replaced before they leak.

    Settings, session ──► BrowserPool ──► page() ──► BrowserPage

Up to four pages share a context, so that renewed cookies reach them all; more would queue, since
Chromium opens at most six connections to a host from one context. The session is saved again when
a context is replaced. A browser that crashes is started again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from loaders.errors import UserError
from loaders.scrape.chromium import find_chromium
from loaders.scrape.errors import BrowserCrashed, ScrapeError
from loaders.scrape.page import BrowserPage
from loaders.scrape.page_state import page_script
from loaders.scrape.request_guard import guard_page, resolver_switch
from loaders.scrape.session import Session
from loaders.scrape.site import read_site, without_query
from loaders.scrape.throttle import Throttle
from loaders.settings import Settings
from loaders.text import first_line

logger = logging.getLogger(__name__)
ITEMS_PER_CONTEXT = 150  # contexts leak over hundreds of pages
PAGES_PER_CONTEXT = 4
OPEN_TIMEOUT = 40.0  # seconds
CLOSE_TIMEOUT = 10.0  # seconds; what hangs longer is left behind
LANGUAGE = "en-US"


@dataclass(slots=True)
class _PooledContext:
    """A context, its idle pages, and how much it was used."""

    context: BrowserContext
    idle: list[BrowserPage] = field(default_factory=list)
    pages_in_use: int = 0
    items_done: int = 0
    is_retired: bool = False


class BrowserPool:
    """`async with BrowserPool(...) as pool, pool.page() as page: ...`.

    Opens at most `pace` pages a minute. Raises UserError when there is no session or browser.
    """

    def __init__(self, settings: Settings, pace: float) -> None:
        self.site = read_site(settings.site, settings.login_site)
        self.session, self.throttle = Session(settings.session_path), Throttle(pace)
        self._storage_state = self.session.state()
        self._configured_chromium = settings.chromium
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._contexts: list[_PooledContext] = []
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self.chromium = await find_chromium(self._configured_chromium)
        self._playwright = await async_playwright().start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._is_running:
            await self._close_browser()
        with suppress(Exception):  # what is left of a browser that was killed
            await asyncio.wait_for(self._playwright.stop(), timeout=CLOSE_TIMEOUT)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[BrowserPage]:
        """A page for one item; after an exception it is not used again.

        Raises BrowserCrashed, or UserError when Chromium does not start.
        """
        pooled, page = await self._acquire()
        is_reusable = False
        try:
            yield page
            is_reusable = True
        except ScrapeError as error:
            error.address = page.address
            raise
        finally:
            pooled.pages_in_use -= 1
            pooled.items_done += 1
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(CLOSE_TIMEOUT):
                    await asyncio.shield(self._release(pooled, page, is_reusable))

    async def open_roster(self) -> None:
        """Open the roster, which only a valid session shows; raises SessionExpired without one."""
        async with self.page() as page:
            await page.open(page.site.roster)
            await page.wait_for("signed-in")

    async def save_session(self) -> None:
        """Save the session as the site has renewed it."""
        if not (self._contexts and self._is_running):
            return
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                self._storage_state = await self._contexts[0].context.storage_state()
            try:
                self.session.save(self._storage_state)
            except OSError as error:  # what the file holds still works
                logger.warning("The renewed session was not saved: %s", error.strerror)

    @property
    def _is_running(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    async def _acquire(self) -> tuple[_PooledContext, BrowserPage]:
        async with self._lock:
            try:
                async with asyncio.timeout(OPEN_TIMEOUT):
                    pooled = await self._free_context()
                    if pooled.idle:
                        page = pooled.idle.pop()
                    else:
                        new = await pooled.context.new_page()
                        page = await guard_page(new, self.site, self.throttle)
            except PlaywrightError as error:
                raise BrowserCrashed(without_query(first_line(error))) from None
            except TimeoutError:
                await self._close_browser()
                raise BrowserCrashed("the browser stopped answering") from None
            pooled.pages_in_use += 1
            return pooled, page

    async def _close_browser(self) -> None:
        """Close the browser, even one that hangs; the next page starts a new one."""
        browser, self._browser, self._contexts = self._browser, None, []
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                if browser:
                    await browser.close()

    async def _free_context(self) -> _PooledContext:
        if not self._is_running:
            self._browser, self._contexts = await self._start(), []
        for pooled in list(self._contexts):
            if pooled.items_done + pooled.pages_in_use >= ITEMS_PER_CONTEXT:
                await self._retire(pooled)
        for pooled in self._contexts:
            if pooled.pages_in_use < PAGES_PER_CONTEXT:
                return pooled
        context = await self._browser.new_context(
            storage_state=self._storage_state, locale=LANGUAGE, service_workers="block",
            accept_downloads=False, viewport={"width": 1280, "height": 900},
        )  # fmt: skip
        await context.add_init_script(page_script())
        self._contexts.append(_PooledContext(context))
        return self._contexts[-1]

    async def _start(self) -> Browser:
        logger.info("Starting Chromium (%s)", self.chromium.path)
        try:
            return await self._playwright.chromium.launch(
                executable_path=self.chromium.path,
                args=[*self.chromium.arguments, resolver_switch(self.site)],
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except PlaywrightError as error:
            raise UserError(
                f"Chromium ({self.chromium.path}) does not start: {first_line(error)}. "
                "Nothing was opened."
            ) from None

    async def _retire(self, pooled: _PooledContext) -> None:
        """Take a context out of use; its last page closes it."""
        logger.debug("Replacing a browser context after %d items", pooled.items_done)
        await self.save_session()
        pooled.is_retired = True
        self._contexts.remove(pooled)
        if not pooled.pages_in_use:
            await pooled.context.close()

    async def _release(self, pooled: _PooledContext, page: BrowserPage, is_reusable: bool) -> None:
        if is_reusable and not pooled.is_retired:
            pooled.idle.append(page)
        elif pooled.is_retired and not pooled.pages_in_use:
            await pooled.context.close()
        else:
            await page.page.close()
