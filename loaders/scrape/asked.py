"""What a page asks the site for: what is still open, what failed, and since when all is quiet.

    with asking(page) as asked: ... ──► asked.is_quiet_for(seconds), asked.raise_what_failed()

A list that is empty, or grows no more, means something only when nothing is on its way.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import Request, Response

from loaders.scrape.sitepage import SitePage, trouble_of
from loaders.scrape.trouble import SiteBusy, Trouble, Unreachable

ABORTED = "net::ERR_ABORTED"  # the page itself took the request back


class Asked:
    """The data requests of one page; made by `asking()`."""

    def __init__(self, page: SitePage) -> None:
        self._page = page
        self._open: set[Request] = set()
        self._failed: dict[str, Trouble] = {}  # by address; a second try that goes well mends it
        self._last = time.monotonic()
        self.answered = 0

    def restart(self) -> None:
        """Count from now on: something was just typed or scrolled."""
        self.touch()
        self.answered = 0
        self._failed.clear()

    def touch(self) -> None:
        """Count quiet time from now on."""
        self._last = time.monotonic()

    def is_quiet_for(self, seconds: float) -> bool:
        """Whether nothing is open, and nothing came or was begun for so long."""
        return not self._open and time.monotonic() - self._last >= seconds

    def raise_what_failed(self) -> None:
        """Raise what became of a request that failed and was not mended since."""
        for trouble in self._failed.values():
            raise trouble

    def note_request(self, request: Request) -> None:
        """A request leaves."""
        if self._is_data(request):
            self._open.add(request)
            self._last = time.monotonic()

    def note_response(self, response: Response) -> None:
        """An answer begins. What the site refuses (403, 404), a page says by itself."""
        if not self._is_data(response.request):
            return
        trouble = trouble_of(response)
        if isinstance(trouble, SiteBusy):
            self._failed[response.url] = trouble
        else:
            self._failed.pop(response.url, None)

    def note_end(self, request: Request) -> None:
        """A request is over."""
        if request not in self._open:
            return
        self._open.discard(request)
        self._last = time.monotonic()
        self.answered += 1
        if request.failure and ABORTED not in request.failure:
            self._failed[request.url] = Unreachable(request.failure)

    def _is_data(self, request: Request) -> bool:
        is_own = self._page.site.may_ask(request.url)
        return is_own and request.resource_type in ("xhr", "fetch")


@contextmanager
def asking(page: SitePage) -> Iterator[Asked]:
    """Watch a page's data requests while it is read."""
    asked = Asked(page)
    watches = {
        "request": asked.note_request,
        "response": asked.note_response,
        "requestfinished": asked.note_end,
        "requestfailed": asked.note_end,
    }
    for event, watch in watches.items():
        page.page.on(event, watch)
    try:
        yield asked
    finally:
        for event, watch in watches.items():
            page.page.remove_listener(event, watch)
