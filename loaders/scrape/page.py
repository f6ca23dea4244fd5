"""One page of the browser on the site: open an address, wait for what it shows, know what failed.

    address ──► SitePage.open() ──► SitePage.wait(kind) ──► what the page shows (see page.js)

Every failure comes out as a `ScrapeError`.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from loaders.scrape.errors import (
    BrowserDied,
    ElsewhereSent,
    LayoutChanged,
    RowsLate,
    ScrapeError,
    SessionEnded,
    Unreachable,
)
from loaders.scrape.page_diagnosis import Seen, trouble_of, why_not_whole
from loaders.scrape.request_tracker import RequestTracker
from loaders.scrape.selectors import SELECTORS
from loaders.scrape.site import Site
from loaders.scrape.throttle import Pace
from loaders.text import first_line

Answer = TypeVar("Answer")

PATIENCE = 20.0  # seconds for a page to become whole
OPENING = 45.0  # seconds until a page begins to come
LONGEST = 60.0
GRACE = 3.0  # seconds beyond a wait, until a page that says nothing counts as dead
CLICK = 4.0
MOVED = "context was destroyed"
NAMES = {"chip": "chip", "option": "window option"}  # in selectors.py
DIED = ("closed", "crashed", "Target page", "Connection")


class SitePage:
    """A page that can only see the site. Made by `guarded()`."""

    def __init__(self, page: Page, site: Site, pace: Pace) -> None:
        self.page, self.site, self._pace = page, site, pace
        self.requests = RequestTracker(page, site)
        self._refused = ""  # the host that the page wanted to go to
        self._died: asyncio.Future[None] = asyncio.Future()
        page.on("crash", lambda _: self._die())
        page.on("close", lambda _: self._die())

    async def open(self, address: str) -> None:
        """Open an address of the site; raises a Trouble when something else comes."""
        if not self.site.is_page(address):
            raise ElsewhereSent(f"{address} is not the site's")
        await self._pace.turn()
        self._refused = ""
        self.requests.forget_open()
        response = await self._alive(
            self.page.goto(address, wait_until="commit", timeout=OPENING * 1000)
        )
        if response is not None and (trouble := trouble_of(response)):
            raise trouble
        self._look_where_we_are()

    async def wait(self, kind: str, patience: float | None = None, **options: object) -> Seen:
        """What the page shows once it is whole (state `whole`), or like before (state `same`).

        `kind`, `window`, `unlike`, `quiet` and `press` are page.js's; raises the Trouble that came
        instead. The page itself presses: a real click waits until eight pages have been painted,
        and costs as much as all the rest. Where there is nothing to press, the mouse clicks.
        """
        patience = PATIENCE if patience is None else patience
        options = {"kind": kind, "patience": patience * 1000, **options}
        try:
            async with asyncio.timeout(patience + GRACE):
                seen = await self._alive(self._until(options))
        except TimeoutError:  # the page itself waits no longer: one that says nothing is no more
            raise BrowserDied("the page stopped answering") from None
        self._look_where_we_are()
        if seen["state"] == "nothing to press":
            await self.click(*options.pop("press"))
            return await self.wait(**{**options, "patience": patience})
        if seen["state"] in ("failed", "late"):
            raise why_not_whole(seen, kind, str(options.get("window") or ""), self.requests)
        return seen

    async def click(self, control: str, number: str) -> None:
        """Choose the `chip` or `option` whose label has this number, with the mouse."""
        if control == "option":
            await self._click("window button", re.compile(r"\b(7|28|12)\b"))
        await self._click(NAMES[control], re.compile(rf"\b{number}\b"))

    async def go_to_tab(self, tab: str) -> bool:
        """Go to a tab of the song as a person does, which spares the site a whole page; False when
        the page has none, or it does not lead there.
        """
        await self._pace.turn()
        try:
            return await self._alive(self.page.evaluate("tab => ledgerPage.pressTab(tab)", tab))
        except RowsLate as late:
            self._look_where_we_are()
            if MOVED in late.detail:
                return True  # it was a whole page after all
            raise

    async def _click(self, name: str, label: re.Pattern[str]) -> None:
        for selector in SELECTORS[name]:
            found = self.page.locator(selector).filter(has_text=label)
            with suppress(RowsLate):
                await self._alive(found.first.click(timeout=CLICK * 1000))
                return
        raise LayoutChanged(name)

    async def close(self) -> None:
        """Close the page."""
        await self.page.close()

    async def ask(self, awaited: Awaitable[Answer]) -> Answer:
        """Await something of Playwright's; its failures come out as Troubles."""
        return await self._alive(awaited)

    async def _until(self, options: dict[str, object]) -> Seen:
        """Wait in the page; when it goes to another address meanwhile, wait there."""
        deadline = time.monotonic() + float(options["patience"]) / 1000
        while True:
            try:
                return await self.page.evaluate("wish => ledgerPage.until(wish)", options)
            except PlaywrightError as error:
                is_moving = MOVED in str(error) or "ledgerPage" in str(error)
                if not is_moving or time.monotonic() > deadline:
                    raise
                if MOVED in str(error):
                    options = {**options, "press": None}  # it was pressed, and led there
                await asyncio.sleep(0.1)
                self._look_where_we_are()

    async def _alive(self, awaited: Awaitable[Answer]) -> Answer:
        """The answer, unless the browser dies before or says nothing for longer than any wait."""
        work = asyncio.ensure_future(awaited)
        first = asyncio.FIRST_COMPLETED
        try:
            await asyncio.wait({work, self._died}, timeout=LONGEST, return_when=first)
            if not work.done():
                raise BrowserDied("the page closed or crashed")
            return work.result()
        except PlaywrightTimeout as error:
            raise RowsLate(first_line(error)) from None
        except PlaywrightError as error:
            raise self._trouble_of_error(error) from None
        finally:
            if not work.done():
                work.cancel()

    def _trouble_of_error(self, error: PlaywrightError) -> ScrapeError:
        said = first_line(error)
        if self._refused:
            return ElsewhereSent(self._refused)
        if "net::" in said:
            return Unreachable(said[said.index("net::") :].split(" ")[0])
        if self._died.done() or any(word in said for word in DIED):
            return BrowserDied(said)
        return RowsLate(said)

    def _look_where_we_are(self) -> None:
        if self._refused:
            raise ElsewhereSent(self._refused)
        if self.site.is_login(self.page.url):
            raise SessionEnded("the site sent us to the log-in page")

    def _die(self) -> None:
        if not self._died.done():
            self._died.set_result(None)

    def refuse(self, address: str) -> None:
        """Remember that the page wanted to open an address that is not the site's."""
        self._refused = address.split("?")[0]
