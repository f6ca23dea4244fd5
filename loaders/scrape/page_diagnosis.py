"""Why a page is not the requested one: by the site's answer, or by what the page lacks.

HTTP status, Retry-After, PageState ──► ScrapeError
"""

from __future__ import annotations

import email.utils
import time

from playwright.async_api import Response

from loaders.scrape.errors import (
    Forbidden,
    LayoutChanged,
    NotFound,
    PageTimeout,
    ScrapeError,
    SessionExpired,
    SiteBusy,
    WindowNotSwitched,
)
from loaders.scrape.page_state import PageState

FILLED_TEXTS = 3  # a page with so many texts is not an empty shell
FILLED_TABLE = 200  # characters: a table with fewer is a header that waits for its rows


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


def diagnose(
    state: PageState,
    kind: str,
    window: str,
    *,
    failure: ScrapeError | None,
    refusal: ScrapeError | None,
    is_pending: bool,
) -> ScrapeError:
    """Why a page of this kind did not become complete.

    `window` is the number of the selected one, or empty; `failure`, `refusal` and `is_pending` are
    what became of the page's data requests, see RequestTracker.
    """
    if state["isLogin"]:
        return SessionExpired("the log-in page came instead of the page")
    if "went wrong" in state["notices"]:
        return failure or SiteBusy("the page says that something went wrong")
    if "not found" in state["notices"] and not state["isSong"]:
        return NotFound("the site says that there is no such page")
    if known := failure or refusal:
        return known
    if state["isShell"] or state["textCount"] < FILLED_TEXTS or is_pending:
        return PageTimeout(f"the {kind} page did not load in time")
    if state["window"] and window not in state["window"].split():
        return WindowNotSwitched(f"the drop-down stayed at {state['window']}")
    return _missing_element(state, kind)


def _missing_element(state: PageState, kind: str) -> ScrapeError:
    """What a page that is not empty lacks, by its name in selectors.py."""
    if kind == "overview":
        return LayoutChanged("chip" if len(state["chips"]) < 3 else "hero streams")
    if kind == "playlists":
        return _missing_in_table(state)
    if kind == "search results" and state["hasSearch"]:
        return PageTimeout("the list kept changing")
    if kind in ("signed-in", "roster", "search results"):
        return LayoutChanged("artist link" if state["hasSearch"] else "roster search")
    return LayoutChanged("song link")


def _missing_in_table(state: PageState) -> ScrapeError:
    if state["window"] is None:
        return LayoutChanged("window button")
    if not state["hasTable"]:
        return LayoutChanged("playlist table")
    if state["rows"]:
        has_odd_row = any(len(row) < 4 or not row[1] for row in state["rows"])
        return LayoutChanged("cell") if has_odd_row else PageTimeout("rows are missing")
    if state["tableTextLength"] > FILLED_TABLE:
        return LayoutChanged("playlist row")
    return PageTimeout("the table stayed empty")
