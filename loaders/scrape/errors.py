"""Scraping errors by cause: whether a retry may help, and what a person can do."""

from typing import ClassVar


class ScrapeError(Exception):
    """An item could not be collected; `cause` is its code in reports and work lists.

    A transient error is tried up to `max_attempts` times; `slows_down` says that the request rate
    is too high. `address` is the page's, without its query.
    """

    cause: ClassVar[str]
    advice: ClassVar[str]
    is_transient: ClassVar[bool] = True
    max_attempts: ClassVar[int] = 4
    slows_down: ClassVar[bool] = False

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after  # seconds
        self.attempts = 1
        self.address = ""


class SessionExpired(ScrapeError):
    """The log-in page came instead of the requested one."""

    cause = "session_ended"
    advice = "Run `playledger login`, then the same command again."
    is_transient = False


class WindowNotSwitched(ScrapeError):
    """The page kept showing another time window than the selected one."""

    cause = "window_not_switched"
    advice = "Run again with --retry-failed; if it fails again, look at the screenshot."


class PageTimeout(ScrapeError):
    """The page did not show its content in time."""

    cause = "rows_late"
    advice = "The site is slow: run again later with --retry-failed, or with fewer --pages."


class SiteBusy(ScrapeError):
    """The site answered 429 or 5xx, or its page says that something went wrong."""

    cause = "site_busy"
    advice = "Run again later with --retry-failed, or with a lower --pace."
    slows_down = True


class SiteUnreachable(ScrapeError):
    """No answer: the connection failed or broke."""

    cause = "unreachable"
    advice = "Check that the site opens in a browser on this machine, then run again."
    slows_down = True


class NotFound(ScrapeError):
    """The site has no such page, or not for this account."""

    cause = "not_found"
    advice = "The song or artist is gone, or belongs to another account: check its SFA URL."
    is_transient = False


class Forbidden(ScrapeError):
    """This account may not see the page."""

    cause = "forbidden"
    advice = "This account may not see it: ask the artist's team for access."
    is_transient = False


class OffSiteRedirect(ScrapeError):
    """The site redirected to a host that is not its own; nothing was opened there."""

    cause = "sent_elsewhere"
    advice = "No request was sent there. Check the SFA URL, and report it to the site."
    is_transient = False


class BrowserCrashed(ScrapeError):
    """The page or the whole browser closed or crashed."""

    cause = "browser_died"
    advice = "Run again with --retry-failed; if memory is short, with fewer --pages."


class LayoutChanged(ScrapeError):
    """A page that is not empty lacks an element of selectors.py."""

    cause = "layout_changed"
    advice = "The site has changed: compare the screenshot with loaders/scrape/selectors.py."
    max_attempts = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"found no {name} (see selectors.py) on a page that is not empty")


ERRORS_BY_CAUSE = {error.cause: error for error in ScrapeError.__subclasses__()}
