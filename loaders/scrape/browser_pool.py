"""The browser of a run: pages to read with, in contexts that are replaced before they leak.

    session, Site ──► Browser ──► page() ──► SitePage

Up to four pages share a context, so that cookies that the site renews reach them all; more would
queue, since Chromium opens no more than six connections to a host from one. The session is saved
again when a context is replaced. A browser that dies is started anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from playwright.async_api import Browser as Chrome
from playwright.async_api import BrowserContext, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from loaders.errors import UserError
from loaders.scrape.chromium import Chromium
from loaders.scrape.errors import BrowserDied
from loaders.scrape.page import SitePage
from loaders.scrape.request_guard import guarded, network_switch
from loaders.scrape.selectors import page_script
from loaders.scrape.session import Session
from loaders.scrape.site import Site
from loaders.scrape.throttle import Pace

LOG = logging.getLogger(__name__)
ITEMS_PER_CONTEXT = 150  # contexts leak over hundreds of pages
PAGES_PER_CONTEXT = 4
SECONDS_TO_OPEN = 40.0
SECONDS_TO_CLOSE = 10.0  # what hangs is left behind
LANGUAGE = "en-US"


@dataclass(slots=True)
class _Context:
    """A context, the pages that wait in it, and how much it was used."""

    context: BrowserContext
    idle: list[SitePage] = field(default_factory=list)
    lent: int = 0
    served: int = 0
    is_retired: bool = False


class Browser:
    """`async with Browser(...) as browser: async with browser.page() as page: ...`."""

    def __init__(self, chromium: Chromium, site: Site, session: Session, pace: Pace) -> None:
        self._chromium, self._site, self._session, self._pace = chromium, site, session, pace
        self._state = session.state()
        self._playwright: Playwright | None = None
        self._chrome: Chrome | None = None
        self._contexts: list[_Context] = []  # those in use
        self._starting = asyncio.Lock()
        self.starts = 0

    async def __aenter__(self) -> Self:
        self._playwright = await async_playwright().start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(PlaywrightError, asyncio.TimeoutError):
            if self._chrome and self._chrome.is_connected():
                await asyncio.wait_for(self._chrome.close(), timeout=SECONDS_TO_CLOSE)
        with suppress(Exception):  # what is left of a browser that was killed
            await asyncio.wait_for(self._playwright.stop(), timeout=SECONDS_TO_CLOSE)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[SitePage]:
        """A page for one item; one on which something went wrong is not used again."""
        holder, page = await self._lend()
        is_good = False
        try:
            yield page
            is_good = True
        finally:
            holder.lent -= 1
            holder.served += 1
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(SECONDS_TO_CLOSE):
                    await asyncio.shield(self._take_back(holder, page, is_good))

    async def save_session(self) -> None:
        """Save the log-in as the site has renewed it."""
        if self._contexts and self._chrome and self._chrome.is_connected():
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(SECONDS_TO_CLOSE):
                    self._state = await self._contexts[0].context.storage_state()
                try:
                    self._session.save(self._state)
                except OSError as error:  # a file that others keep: what it holds still works
                    LOG.warning("The renewed session was not saved: %s.", error.strerror)

    async def _lend(self) -> tuple[_Context, SitePage]:
        async with self._starting:
            try:
                async with asyncio.timeout(SECONDS_TO_OPEN):
                    holder = await self._usable_context()
                    page = holder.idle.pop() if holder.idle else await self._new_page(holder)
            except PlaywrightError as error:
                raise BrowserDied(str(error).partition("\n")[0]) from None
            except TimeoutError:
                await self._give_up_browser()
                raise BrowserDied("the browser stopped answering") from None
            holder.lent += 1
            return holder, page

    async def _give_up_browser(self) -> None:
        """Close a browser that hangs; the next page has a new one."""
        hanging, self._chrome, self._contexts = self._chrome, None, []
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(SECONDS_TO_CLOSE):
                await hanging.close()

    async def _new_page(self, holder: _Context) -> SitePage:
        return await guarded(await holder.context.new_page(), self._site, self._pace)

    async def _usable_context(self) -> _Context:
        if self._chrome is None or not self._chrome.is_connected():
            self._chrome, self._contexts = await self._start(), []
        for holder in list(self._contexts):
            if holder.served + holder.lent >= ITEMS_PER_CONTEXT:
                await self._retire(holder)
        free = [holder for holder in self._contexts if holder.lent < PAGES_PER_CONTEXT]
        if not free:
            context = await self._chrome.new_context(
                storage_state=self._state, locale=LANGUAGE, service_workers="block",
                accept_downloads=False, viewport={"width": 1280, "height": 900},
            )  # fmt: skip
            await context.add_init_script(page_script())
            free = [_Context(context)]
            self._contexts += free
        return free[0]

    async def _start(self) -> Chrome:
        self.starts += 1
        try:
            return await self._playwright.chromium.launch(
                executable_path=self._chromium.path,
                args=[*self._chromium.arguments, network_switch(self._site)],
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except PlaywrightError as error:
            reason = str(error).strip().partition("\n")[0]
            raise UserError(
                f"Chromium ({self._chromium.path}) does not start: {reason}. Nothing was opened."
            ) from None

    async def _retire(self, holder: _Context) -> None:
        """Take a context out of use; the last page that comes back closes it."""
        await self.save_session()
        holder.is_retired = True
        self._contexts.remove(holder)
        if not holder.lent:
            await holder.context.close()

    async def _take_back(self, holder: _Context, page: SitePage, is_good: bool) -> None:
        if is_good and not holder.is_retired:
            holder.idle.append(page)
            return
        if holder.is_retired and not holder.lent:
            await holder.context.close()
        else:
            await page.close()


async def prove(page: SitePage) -> None:
    """Open the roster, which only a session shows; raises SessionEnded or another Trouble."""
    await page.open(page.site.roster)
    await page.wait("home")
