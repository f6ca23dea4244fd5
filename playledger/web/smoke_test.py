"""Whether the pages of a running site are as they must be, each kind opened once in a browser.

    address ──► Visit: one page of each kind that links lead to ──► Seen ... ──► words, exit code 4

A kind is `/campaigns` or `/campaigns/…`, whatever the id is. A page is as it must be when it comes
at once whole from its own host, says what it is, tells of no trouble and logs no error. Of a file
its first part must be.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Error, sync_playwright

from loaders.errors import UserError
from loaders.scrape.chromium import find_chromium
from playledger.web.security import COOKIE, cookie_of
from playledger.web.smoke_probes import read_head

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Response, Route

WAIT = 20_000  # milliseconds for one page


@dataclass(slots=True)
class Seen:
    """One page that was opened: its address, its heading, and what is wrong with it."""

    address: str
    heading: str = ""
    wrong: list[str] = field(default_factory=list)


def check_site(address: str, token: str | None, chromium: Path | None) -> Iterator[Seen]:
    """Open one page of each kind; UserError when nothing answers there at all."""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise UserError(f"`{address}` is no address of pages: it reads https://host/.")
    with _browsing(chromium) as context:
        if token:
            # Not in the address, where the server or somebody between would write it down.
            context.add_cookies([{"name": COOKIE, "value": cookie_of(token), "url": address}])
        yield from _Visit(context, address).go()


@contextmanager
def _browsing(chromium: Path | None) -> Iterator[BrowserContext]:
    found = asyncio.run(find_chromium(chromium))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=found.arguments)
        try:
            context = browser.new_context()
            context.set_default_timeout(WAIT)
            yield context
        finally:
            browser.close()


class _Visit:
    def __init__(self, context: BrowserContext, address: str) -> None:
        self._context, self._start = context, urljoin(address, "/")
        self._page = context.new_page()
        self._seen: Seen | None = None
        context.route("**/*", self._let_pass)
        self._page.on("console", self._note_error)
        self._page.on("pageerror", lambda error: self._wrong(f"a script failed: {error}"))
        self._page.on("response", self._note_response)

    def go(self) -> Iterator[Seen]:
        waiting, known = [self._start], {self._kind(self._start)}
        while waiting:
            address = waiting.pop(0)
            is_file = urlsplit(address).path.endswith(".csv")
            yield self._fetch(address) if is_file else self._open(address)
            if is_file or self._page.url == "about:blank":
                continue
            for link in self._links():
                if (kind := self._kind(link)) and kind not in known:
                    known.add(kind)
                    waiting.append(link)

    def _open(self, address: str) -> Seen:
        seen = self._seen = Seen(address)
        try:
            response = self._page.goto(address, wait_until="load")
        except Error as error:
            if address == self._start:
                reason = error.message.partition("\n")[0]
                raise UserError(f"Nothing answers at {address} ({reason}).") from None
            seen.wrong.append("it did not open")
            return seen
        if response is None or response.status != 200:  # 4xx and 5xx are noted as responses
            return seen
        if "default-src 'none'" not in response.headers.get("content-security-policy", ""):
            seen.wrong.append("it may load from other hosts")
        headings = self._page.locator("main h1").all_inner_texts()
        seen.heading = " ".join(headings)
        if len(headings) != 1 or not seen.heading.strip():
            seen.wrong.append("it has no heading of its own")
        seen.wrong += self._page.locator("main .trouble").all_inner_texts()
        return seen

    def _fetch(self, address: str) -> Seen:
        cookies = {each["name"]: each["value"] for each in self._context.cookies(address)}
        head = read_head(address, cookies)
        return Seen(address, head.told, [head.wrong] if head.wrong else [])

    def _links(self) -> list[str]:
        found = self._page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        return [link.partition("#")[0] for link in found]

    def _kind(self, link: str) -> str | None:
        """The kind of page that a link leads to; None for another host."""
        if not link.startswith(self._start):
            return None
        first, *rest = urlsplit(link).path.strip("/").split("/")
        return f"/{first}/…" if rest else f"/{first}"

    def _let_pass(self, route: Route) -> None:
        if route.request.url.startswith((self._start, "data:")):
            route.continue_()
        else:
            self._wrong(f"it asked another host: {route.request.url}")
            route.abort()

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._wrong(f"the browser says: {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            path = urlsplit(response.url).path
            self._wrong(f"{path} answered with status {response.status}")

    def _wrong(self, told: str) -> None:
        if self._seen is not None:
            self._seen.wrong.append(told)
