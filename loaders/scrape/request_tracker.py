"""The data requests of a page: which are open, which failed, and for how long it has been idle.

    Page's requests ──► RequestTracker ──► is_pending, is_idle_for(seconds), failure, refusal

An empty list, or one that grows no more, means something only while no request is open. A failed
request counts until the page's own retry succeeds.
"""

import email.utils
import time

from playwright.async_api import Page, Request, Response

from loaders.scrape.errors import Forbidden, NotFound, ScrapeError, SiteBusy, SiteUnreachable
from loaders.scrape.site import Site

ABORTED = "net::ERR_ABORTED"  # by the page itself


class RequestTracker:
    """Follows the data requests of one page."""

    def __init__(self, page: Page, site: Site) -> None:
        self._site = site
        self._open: set[Request] = set()
        self._failed: dict[str, ScrapeError] = {}  # by address
        self.refusal: ScrapeError | None = None  # a 403 or 404; matters where a page stays empty
        self._last_activity = time.monotonic()
        self.finished = 0  # requests since the last reset
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_end)

    def reset(self, *, is_navigation: bool = False) -> None:
        """Forget what came before: something was just opened, typed or scrolled.

        Open requests end with the page that made them.
        """
        if is_navigation:
            self._open.clear()
        self.mark_activity()
        self.finished = 0
        self._failed.clear()
        self.refusal = None

    def mark_activity(self) -> None:
        """Count idle time from now on."""
        self._last_activity = time.monotonic()

    @property
    def is_pending(self) -> bool:
        """Whether an answer of the site is outstanding."""
        return bool(self._open)

    def is_idle_for(self, seconds: float) -> bool:
        """Whether no request is open, and none began or ended for so long."""
        return not self._open and time.monotonic() - self._last_activity >= seconds

    @property
    def failure(self) -> ScrapeError | None:
        """The error of a request that failed and was not repeated with success."""
        return next(iter(self._failed.values()), None)

    def _on_request(self, request: Request) -> None:
        if self._is_data(request):
            self._open.add(request)
            self.mark_activity()

    def _on_response(self, response: Response) -> None:
        if not self._is_data(response.request):
            return
        error = error_for_status(response)
        if isinstance(error, SiteBusy):
            self._failed[response.url] = error
        else:
            self._failed.pop(response.url, None)
            self.refusal = self.refusal or error

    def _on_end(self, request: Request) -> None:
        if request not in self._open:
            return
        self._open.discard(request)
        self.mark_activity()
        self.finished += 1
        if request.failure and ABORTED not in request.failure:
            self._failed[request.url] = SiteUnreachable(request.failure)

    def _is_data(self, request: Request) -> bool:
        is_fetch = request.resource_type in ("xhr", "fetch")
        return is_fetch and self._site.allows_request(request.url)


def error_for_status(response: Response) -> ScrapeError | None:
    """The error of an HTTP status; None for success, and for 401: the log-in page follows it."""
    status = response.status
    if status == 429 or status >= 500:
        retry_after = parse_retry_after(response.headers.get("retry-after", ""))
        return SiteBusy(f"HTTP {status}", retry_after)
    if status in (404, 410):
        return NotFound(f"HTTP {status}")
    return Forbidden("HTTP 403") if status == 403 else None


def parse_retry_after(header: str) -> float | None:
    """Seconds to wait by a Retry-After header (seconds or a date); None when it is neither."""
    if header.strip().isdigit():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
