"""Whether the pages of a running site work: one page of each kind, opened in a headless browser.

    address ──► check_site() ──► follows links ──► PageCheck ... ──► lines, exit code 4

A kind is `/campaigns` or `/campaigns/…`, whatever the id. A page works when it answers with status
200, has one heading, shows no error, logs none to the console and asks no other host.
"""

import asyncio
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Response,
    Route,
    sync_playwright,
)

from loaders.errors import UserError
from loaders.scrape.chromium import find_chromium
from loaders.text import first_line, plural
from playledger.web.security import COOKIE, cookie_of

TIMEOUT = 20_000  # milliseconds for one page or file
HREFS = "links => links.map(each => each.href.split('#')[0])"


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A page or file that was opened: its address, its heading, and what is wrong with it."""

    address: str
    heading: str = ""
    problems: list[str] = field(default_factory=list)


def check_site(address: str, token: str | None, chromium: Path | None) -> Iterator[PageCheck]:
    """Open one page of each kind. Raises UserError when nothing answers at the address."""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise UserError(f"`{address}` is not the address of a site: it begins with https://host/.")
    found = asyncio.run(find_chromium(chromium))
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found.path, args=found.arguments) as browser,
    ):
        context = browser.new_context()
        context.set_default_timeout(TIMEOUT)
        if token:
            # As a cookie: an address would be written down by servers on the way.
            context.add_cookies([{"name": COOKIE, "value": cookie_of(token), "url": address}])
        yield from _Visit(context, urljoin(address, "/")).check_pages()


class _Visit:
    """A walk from the overview along the links to kinds of pages that were not opened yet."""

    def __init__(self, context: BrowserContext, start: str) -> None:
        self._start = start
        self._page, self._request = context.new_page(), context.request
        self._problems: list[str] = []
        context.route("**/*", self._stay_on_host)
        self._page.on("console", self._note_console)
        self._page.on("pageerror", lambda error: self._problems.append(f"script failed: {error}"))
        self._page.on("response", self._note_status)

    def check_pages(self) -> Iterator[PageCheck]:
        waiting, kinds = [self._start], {self._kind(self._start)}
        while waiting:
            address = waiting.pop(0)
            self._problems = []
            is_file = urlsplit(address).path.endswith(".csv")
            yield self._check_file(address) if is_file else self._check_page(address)
            for link in [] if is_file else self._page.eval_on_selector_all("a[href]", HREFS):
                if link.startswith(self._start) and self._kind(link) not in kinds:
                    kinds.add(self._kind(link))
                    waiting.append(link)

    def _check_page(self, address: str) -> PageCheck:
        try:
            response = self._page.goto(address)
        except Error as error:
            if address == self._start:
                raise UserError(f"Nothing answers at {address} ({first_line(error)}).") from None
            return PageCheck(address, "", [f"did not open ({first_line(error)})"])
        headings = self._page.locator("main h1").all_inner_texts()
        if response.ok:  # else its status is noted
            self._problems += self._page.locator("main .alert").all_inner_texts()
            if len(headings) != 1 or not headings[0].strip():
                self._problems.append("no heading of its own")
            if "default-src 'none'" not in response.headers.get("content-security-policy", ""):
                self._problems.append("no content security policy: it may load from other hosts")
        return PageCheck(address, " ".join(headings), self._problems)

    def _check_file(self, address: str) -> PageCheck:
        try:
            response = self._request.get(address, max_redirects=0)
            content_type = response.headers.get("content-type", "")
            if not (response.ok and content_type.startswith("text/csv")):
                return PageCheck(address, "", [f"no CSV file, but status {response.status}"])
            header, *rows = csv.reader(response.body().decode("utf-8-sig").splitlines(True))
        except Error as error:
            return PageCheck(address, "", [f"did not download ({first_line(error)})"])
        except ValueError:
            return PageCheck(address, "", ["no CSV file in UTF-8 with a header"])
        return PageCheck(address, f"{plural(len(header), 'column')}, {plural(len(rows), 'row')}")

    def _kind(self, address: str) -> str:
        first, *rest = urlsplit(address).path.strip("/").split("/")
        return f"/{first}/…" if rest else f"/{first}"

    def _stay_on_host(self, route: Route) -> None:
        if route.request.url.startswith((self._start, "data:")):
            route.continue_()
        else:
            self._problems.append(f"asks another host: {route.request.url}")
            route.abort()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._problems.append(f"console error: {message.text}")

    def _note_status(self, response: Response) -> None:
        if response.status >= 400:
            path = urlsplit(response.url).path
            self._problems.append(f"{path} answered with status {response.status}")
