"""Why a page is not the requested one: by the site's answers, or by what the page lacks.

PageState, RequestTracker ──► ScrapeError
"""

from loaders.scrape.errors import (
    LayoutChanged,
    NotFound,
    PageTimeout,
    ScrapeError,
    SessionExpired,
    SiteBusy,
    WindowNotSwitched,
)
from loaders.scrape.page_state import PageState
from loaders.scrape.request_tracker import RequestTracker

FILLED_TEXTS = 3  # a page with so many texts is not an empty shell
FILLED_TABLE = 200  # characters: a table with fewer is a header that waits for its rows


def diagnose(state: PageState, kind: str, window: str, requests: RequestTracker) -> ScrapeError:
    """Why a page of this kind, with these requests, did not become complete.

    `window` is the number of the selected one, or empty.
    """
    if state["isLogin"]:
        return SessionExpired("the log-in page came instead of the page")
    if "went wrong" in state["notices"]:
        return requests.failure or SiteBusy("the page says that something went wrong")
    if "not found" in state["notices"] and not state["isSong"]:
        return NotFound("the site says that there is no such page")
    if known := requests.failure or requests.refusal:
        return known
    if state["isShell"] or state["textCount"] < FILLED_TEXTS or requests.is_pending:
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
