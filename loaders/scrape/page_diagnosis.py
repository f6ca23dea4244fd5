"""Why a page is not what was asked for: by the site's answer, or by what the page lacks.

HTTP status, Retry-After, what a page shows ──► ScrapeError
"""

from __future__ import annotations

import email.utils
import time
from typing import TYPE_CHECKING

from playwright.async_api import Response

from loaders.scrape.errors import (
    Forbidden,
    Gone,
    LayoutChanged,
    NotSwitched,
    RowsLate,
    ScrapeError,
    SessionEnded,
    SiteBusy,
)

if TYPE_CHECKING:
    from loaders.scrape.request_tracker import RequestTracker

LONG_TEXT = 3  # pieces of text: a page with so many is not an empty shell
Seen = dict[str, object]  # what a page shows, see page.js


def trouble_of(response: Response) -> ScrapeError | None:
    """What an HTTP status says, None when all is well; 401 shows as a log-in page by itself."""
    status = response.status
    if status == 429 or status >= 500:
        return SiteBusy(f"HTTP {status}", retry_after(response.headers.get("retry-after", "")))
    if status in (404, 410):
        return Gone(f"HTTP {status}")
    return Forbidden("HTTP 403") if status == 403 else None


def retry_after(header: str) -> float | None:
    """Seconds to wait by a Retry-After header, which holds seconds or a date; None when neither."""
    if header.strip().isdigit():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def why_not_whole(seen: Seen, kind: str, window: str, requests: RequestTracker) -> ScrapeError:
    """Why a page did not become whole; `requests` is what the site answered meanwhile."""
    if seen["isLogin"]:
        return SessionEnded("the log-in page came in place of the page")
    if "went wrong" in seen["notices"]:
        return requests.failure or SiteBusy("the page says that something went wrong")
    if "not found" in seen["notices"] and not seen["isSong"]:
        return Gone("the site says that there is no such page")
    if known := requests.failure or requests.refusal:
        return known
    if seen["shell"] or seen["texts"] < LONG_TEXT or requests.is_waiting:
        return RowsLate(f"the {kind} page was not filled in time")
    if seen["window"] and window not in str(seen["window"]).split():
        return NotSwitched(f"the drop-down stayed at {seen['window']}")
    return _missing(seen, kind)


def _missing(seen: Seen, kind: str) -> ScrapeError:
    """What a page that is not empty lacks, by its name in selectors.py."""
    if kind == "overview":
        return LayoutChanged("chip" if len(seen["chips"]) < 3 else "hero streams")
    if kind == "playlists":
        if seen["window"] is None:
            return LayoutChanged("window button")
        if not seen["hasTable"]:
            return LayoutChanged("playlist table")
        if seen["rows"]:
            return LayoutChanged("cell") if _is_odd(seen) else RowsLate("rows are missing")
        # A header alone is a table that waits for its rows.
        is_filled = seen["tableSays"] > 200
        return LayoutChanged("playlist row") if is_filled else RowsLate("the table stayed empty")
    if kind == "found" and seen["hasSearch"]:
        return RowsLate("the list kept changing")
    if kind in ("home", "roster", "found"):
        return LayoutChanged("artist link" if seen["hasSearch"] else "roster search")
    return LayoutChanged("song link")


def _is_odd(seen: Seen) -> bool:
    return any(len(row) < 4 or not row[1] for row in seen["rows"])
