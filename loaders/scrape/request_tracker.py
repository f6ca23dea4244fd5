"""What a page asks the site for: what is still open, what failed, and since when all is quiet.

    Page's requests ──► RequestTracker ──► is_waiting, is_quiet_for(seconds), trouble

A list that is empty, or grows no more, means something only when nothing is on its way. A request
that failed counts until a second try of the page's own goes well.
"""

from __future__ import annotations

import time

from playwright.async_api import Page, Request, Response

from loaders.scrape.errors import ScrapeError, SiteBusy, Unreachable
from loaders.scrape.page_diagnosis import trouble_of
from loaders.scrape.site import Site

ABORTED = "net::ERR_ABORTED"  # the page itself took the request back


class RequestTracker:
    """The data requests of one page, from its first to its last."""

    def __init__(self, page: Page, site: Site) -> None:
        self._site = site
        self._open: set[Request] = set()
        self._failed: dict[str, ScrapeError] = {}  # by address
        self._refused: ScrapeError | None = None
        self._last = time.monotonic()
        self.answered = 0
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        page.on("requestfinished", self._note_end)
        page.on("requestfailed", self._note_end)

    def restart(self) -> None:
        """Count from now on: something was just opened, typed or scrolled."""
        self.touch()
        self.answered = 0
        self._failed.clear()
        self._refused = None

    def forget_open(self) -> None:
        """Another page comes: what the last one asked for ends with it."""
        self._open.clear()
        self.restart()

    def touch(self) -> None:
        """Count quiet time from now on."""
        self._last = time.monotonic()

    @property
    def is_waiting(self) -> bool:
        """Whether the site owes an answer."""
        return bool(self._open)

    def is_quiet_for(self, seconds: float) -> bool:
        """Whether nothing is open, and nothing came or was begun for so long."""
        return not self._open and time.monotonic() - self._last >= seconds

    @property
    def failure(self) -> ScrapeError | None:
        """What became of a request that failed and was not mended since."""
        return next(iter(self._failed.values()), None)

    @property
    def refusal(self) -> ScrapeError | None:
        """A 403 or 404 to a data request: it explains a page that stays empty, and nothing else."""
        return self._refused

    def _note_request(self, request: Request) -> None:
        if self._is_data(request):
            self._open.add(request)
            self.touch()

    def _note_response(self, response: Response) -> None:
        if not self._is_data(response.request):
            return
        trouble = trouble_of(response)
        if isinstance(trouble, SiteBusy):
            self._failed[response.url] = trouble
        else:
            self._failed.pop(response.url, None)
            self._refused = self._refused or trouble

    def _note_end(self, request: Request) -> None:
        if request not in self._open:
            return
        self._open.discard(request)
        self.touch()
        self.answered += 1
        if request.failure and ABORTED not in request.failure:
            self._failed[request.url] = Unreachable(request.failure)

    def _is_data(self, request: Request) -> bool:
        return request.resource_type in ("xhr", "fetch") and self._site.may_ask(request.url)
