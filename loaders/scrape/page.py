"""One page of the browser on the site: open an address, wait for its content, name its errors.

    address ──► BrowserPage.open() ──► BrowserPage.wait_for(kind) ──► PageState

Every failure is raised as a ScrapeError.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from loaders.scrape.errors import (
    BrowserCrashed,
    LayoutChanged,
    OffSiteRedirect,
    PageTimeout,
    ScrapeError,
    SessionExpired,
    SiteUnreachable,
)
from loaders.scrape.page_diagnosis import diagnose
from loaders.scrape.page_state import PageState
from loaders.scrape.request_tracker import RequestTracker, error_for_status
from loaders.scrape.selectors import SELECTORS
from loaders.scrape.site import Site, without_query
from loaders.scrape.throttle import Throttle
from loaders.text import first_line

Result = TypeVar("Result")
logger = logging.getLogger(__name__)

# Seconds.
PAGE_TIMEOUT = 20.0  # for a page to become complete
OPEN_TIMEOUT = 45.0  # for its first byte
CALL_TIMEOUT = 60.0  # for any other call of Playwright
GRACE = 3.0  # after a timeout in the page, before a silent page counts as crashed
CLICK_TIMEOUT = 4.0

NAVIGATED = "context was destroyed"
CRASHED = ("closed", "crashed", "Target page", "Connection")


class BrowserPage:
    """A page that reaches the site alone; made by `guard_page()`. Raises ScrapeErrors."""

    def __init__(self, page: Page, site: Site, throttle: Throttle) -> None:
        self.page, self.site, self._throttle = page, site, throttle
        self.requests = RequestTracker(page, site)
        self._blocked = ""  # the address off the site that the page wanted to open
        self._crashed: asyncio.Future[None] = asyncio.Future()
        page.on("crash", lambda _: self._note_crash())
        page.on("close", lambda _: self._note_crash())

    @property
    def address(self) -> str:
        """The page's address without its query."""
        return without_query(self.page.url)

    async def open(self, address: str) -> None:
        """Open an address of the site, when it is this page's turn."""
        if not self.site.owns(address):
            raise OffSiteRedirect(f"{without_query(address)} is not the site's")
        await self._throttle.wait_turn()
        self._blocked = ""
        self.requests.reset(is_navigation=True)
        response = await self.call(
            self.page.goto(address, wait_until="commit", timeout=OPEN_TIMEOUT * 1000)
        )
        if response is not None and (error := error_for_status(response)):
            raise error
        self._check_address()

    async def wait_for(
        self, kind: str, timeout: float | None = None, **options: object
    ) -> PageState:
        """Wait until a page of this kind is complete, or unchanged from `previous`.

        `timeout` is in seconds; `options` (`window`, `previous`, `stableMs`, `unchangedMs`,
        `control`) are those of page_state.js. The script clicks by itself: a real click waits for
        eight pages to be painted. Where it finds no control, the mouse clicks.
        """
        timeout = PAGE_TIMEOUT if timeout is None else timeout
        options = {"kind": kind, "timeoutMs": timeout * 1000, **options}
        try:
            async with asyncio.timeout(timeout + GRACE):
                state = await self.call(self._wait_in_page(options))
        except TimeoutError:
            raise BrowserCrashed("the page stopped answering") from None
        self._check_address()
        if state["state"] == "no control":
            await self.click(*options.pop("control"))
            return await self.wait_for(timeout=timeout, **options)
        if state["state"] in ("failed", "incomplete"):
            raise diagnose(state, kind, str(options.get("window") or ""), self.requests)
        return state

    async def click(self, control: str, number: str) -> None:
        """Click the `chip` or `window option` whose label has this number, with the mouse."""
        if control == "window option":
            await self._click("window button", "7|28|12")
        await self._click(control, number)

    async def open_tab(self, tab: str) -> bool:
        """Open a tab of the song by a click, cheaper than a page; False when it is missing."""
        await self._throttle.wait_turn()
        try:
            return await self.call(self.page.evaluate("tab => ledgerPage.clickTab(tab)", tab))
        except PageTimeout as error:
            self._check_address()
            if NAVIGATED in error.detail:
                return True  # it loaded a whole page after all
            raise

    async def call(self, awaitable: Awaitable[Result]) -> Result:
        """Await a call of Playwright's, at most CALL_TIMEOUT or until the browser crashes."""
        task = asyncio.ensure_future(awaitable)
        first = asyncio.FIRST_COMPLETED
        try:
            await asyncio.wait({task, self._crashed}, timeout=CALL_TIMEOUT, return_when=first)
            if not task.done():
                raise BrowserCrashed("the page closed or crashed")
            return task.result()
        except PlaywrightTimeout as error:
            raise PageTimeout(without_query(first_line(error))) from None
        except PlaywrightError as error:
            raise self._translate(error) from None
        finally:
            if not task.done():
                task.cancel()

    def note_blocked(self, address: str) -> None:
        """Remember that the page wanted to open an address off the site."""
        self._blocked = without_query(address)
        logger.info("Blocked a document off the site: %s", self._blocked)

    async def _click(self, name: str, number: str) -> None:
        label = re.compile(rf"\b({number})\b")
        for selector in SELECTORS[name]:
            found = self.page.locator(selector).filter(has_text=label)
            with suppress(PageTimeout):
                await self.call(found.first.click(timeout=CLICK_TIMEOUT * 1000))
                return
        raise LayoutChanged(name)

    async def _wait_in_page(self, options: dict[str, object]) -> PageState:
        """Wait in the page; when it navigates meanwhile, in the next one."""
        deadline = time.monotonic() + float(options["timeoutMs"]) / 1000
        while True:
            try:
                return await self.page.evaluate("options => ledgerPage.waitFor(options)", options)
            except PlaywrightError as error:
                is_navigating = NAVIGATED in str(error) or "ledgerPage" in str(error)
                if not is_navigating or time.monotonic() > deadline:
                    raise
                if NAVIGATED in str(error):
                    options = {**options, "control": None}  # it was clicked, and led there
                await asyncio.sleep(0.1)
                self._check_address()

    def _translate(self, error: PlaywrightError) -> ScrapeError:
        message = without_query(first_line(error))
        if self._blocked:
            return OffSiteRedirect(self._blocked)
        if "net::" in message:
            return SiteUnreachable(message[message.index("net::") :].split(" ")[0])
        if self._crashed.done() or any(word in message for word in CRASHED):
            return BrowserCrashed(message)
        return PageTimeout(message)

    def _check_address(self) -> None:
        if self._blocked:
            raise OffSiteRedirect(self._blocked)
        if self.site.is_login_page(self.page.url):
            raise SessionExpired("the site redirected to the log-in page")

    def _note_crash(self) -> None:
        if not self._crashed.done():
            self._crashed.set_result(None)
