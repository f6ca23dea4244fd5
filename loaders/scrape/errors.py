"""What goes wrong on the site, by cause: whether to try again, and what a person does about it."""

from __future__ import annotations

from typing import ClassVar


class ScrapeError(Exception):
    """One item could not be collected; `cause` is its name in reports.

    `is_passing` says that another try may go better, of `tries` in all; `slows_down` that all
    workers are too fast for the site.
    """

    cause: ClassVar[str]
    advice: ClassVar[str]
    is_passing: ClassVar[bool] = True
    tries: ClassVar[int] = 4
    slows_down: ClassVar[bool] = False

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after  # seconds
        self.attempts = 1


class SessionEnded(ScrapeError):
    """The log-in page came in place of the one that was asked for."""

    cause = "session_ended"
    advice = "Run `playledger login`, then the same command again."
    is_passing = False


class NotSwitched(ScrapeError):
    """The page kept showing another window's numbers than the one that was chosen."""

    cause = "window_not_switched"
    advice = "Run again with --retry-failed; if it stays, look at the picture of the page."


class RowsLate(ScrapeError):
    """The page did not show its content in time."""

    cause = "rows_late"
    advice = "The site is slow: run again later with --retry-failed, or with fewer --pages."


class SiteBusy(ScrapeError):
    """The site answered 429 or 5xx, or said that something went wrong."""

    cause = "site_busy"
    advice = "Run again later with --retry-failed, or with a lower --pace."
    slows_down = True


class Unreachable(ScrapeError):
    """No answer: the connection failed or broke."""

    cause = "unreachable"
    advice = "See whether the site opens in a browser on this machine, then run again."
    slows_down = True


class Gone(ScrapeError):
    """The site has no such page, or not for this account."""

    cause = "not_found"
    advice = "The song or artist is gone, or belongs to another account: look at its SFA URL."
    is_passing = False


class Forbidden(ScrapeError):
    """The site does not show this page to this account."""

    cause = "forbidden"
    advice = "This account may not see it: ask the artist's team for access."
    is_passing = False


class ElsewhereSent(ScrapeError):
    """The site sent the page on to a host that is not its own; nothing was opened there."""

    cause = "sent_elsewhere"
    advice = "Nothing was sent there. Look at the SFA URL, and tell whoever runs the site."
    is_passing = False


class BrowserDied(ScrapeError):
    """The page or the whole browser closed."""

    cause = "browser_died"
    advice = "Run again with --retry-failed; with less memory, fewer --pages."


class LayoutChanged(ScrapeError):
    """A page that is not empty lacks what a name of selectors.py stands for."""

    cause = "layout_changed"
    advice = "The site looks different: compare the picture with loaders/scrape/selectors.py."
    tries = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"found no {name} (as in selectors.py) on a page that is not empty")


CAUSES = {
    trouble.cause: trouble
    for trouble in (
        SessionEnded, NotSwitched, RowsLate, SiteBusy, Unreachable, Gone, Forbidden,
        ElsewhereSent, BrowserDied, LayoutChanged,
    )
}  # fmt: skip
