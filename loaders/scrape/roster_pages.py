"""Read lists of the site: the artists that a roster search finds, and an artist's songs.

    BrowserPage, text      ──► search_artists() ──► Listing of artist ids and names
    BrowserPage, artist id ──► read_songs()     ──► Listing of track ids and titles

Only ids are taken from links. A list counts when it is the requested one, no request is open, and
scrolling brings no more rows; everything else raises a ScrapeError.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from loaders.scrape.errors import LayoutChanged, PageTimeout
from loaders.scrape.name_normalisation import normalise
from loaders.scrape.page import PAGE_TIMEOUT, BrowserPage
from loaders.scrape.page_state import PageState
from loaders.scrape.request_tracker import RequestTracker
from loaders.scrape.selectors import SELECTORS
from loaders.scrape.site import parse_artist_url, parse_song_url

STABLE_MS = 200  # milliseconds without a change, until a list is looked at
# Seconds without a request, until a list counts that ...
IDLE_OTHER = 1.0  # ... has names without the searched text
IDLE_UNCHANGED = 1.5  # ... is as it was before the search
IDLE_EMPTY = 2.0  # ... has no rows: a page may show its answer late
IDLE_END = 0.6  # ... did not grow after a scroll, which made no request
PAGE_SIZE = 20  # rows that the site loads at once; nothing fails where it is another number
MAX_ROWS = 1_000

ParseId = Callable[[str], str | None]  # of a link's address; None for other links
IsReady = Callable[[PageState], bool]


class ListEntry(NamedTuple):
    """One row of a list: an artist's id and name, or a track's id and title."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list in its order; not complete where reading stopped at MAX_ROWS."""

    entries: tuple[ListEntry, ...]
    is_complete: bool = True


async def search_artists(page: BrowserPage, text: str) -> Listing:
    """The artists that the roster shows for a search; raises a ScrapeError."""
    await page.open(page.site.roster)
    await page.wait_for("roster")
    unfiltered = await _wait_until(page, "search results", _is_idle(page.requests))
    page.requests.reset()
    field = await _type(page, text)
    before = unfiltered["fingerprint"]
    is_result = _is_result(page.requests, normalise(text), before)
    state = await _wait_until(page, "search results", is_result, previous=before)
    if await page.call(page.page.locator(field).first.input_value()) != text:
        raise PageTimeout("the search field lost its text")
    return await _read_to_end(
        page, "search results", state, lambda address: parse_artist_url(address, page.site)
    )


async def read_songs(page: BrowserPage, artist_id: str) -> Listing:
    """All songs of an artist; raises a ScrapeError."""

    def parse_track_id(address: str) -> str | None:
        song = parse_song_url(address, page.site)
        return song.track_id if song and song.artist_id == artist_id else None

    await page.open(page.site.songs(artist_id))
    state = await _wait_until(page, "songs", _is_idle(page.requests))
    return await _read_to_end(page, "songs", state, parse_track_id)


async def _type(page: BrowserPage, text: str) -> str:
    """Type into the search field; returns its selector."""
    for selector in SELECTORS["roster search"]:
        field = page.page.locator(selector)
        if await page.call(field.count()):
            await page.call(field.first.fill(text, timeout=8_000))
            return selector
    raise LayoutChanged("roster search")


def _is_idle(requests: RequestTracker) -> IsReady:
    return lambda state: requests.is_idle_for(0.0 if state["links"] else IDLE_EMPTY)


def _is_result(requests: RequestTracker, text: str, before: str) -> IsReady:
    """Whether a list is the search's.

    One whose every name has the text needs no more proof; one that is as it was `before` (a
    fingerprint) needs that proof.
    """

    def is_result(state: PageState) -> bool:
        names = [normalise(" ".join(link["texts"])) for link in state["links"]]
        if not names:
            return requests.is_idle_for(IDLE_EMPTY)
        have_text = all(_without_marks(text) in _without_marks(name) for name in names)
        if state["fingerprint"] == before:
            return have_text and requests.is_idle_for(IDLE_UNCHANGED)
        return requests.is_idle_for(0.0 if have_text else IDLE_OTHER)

    return is_result


async def _wait_until(
    page: BrowserPage, kind: str, is_ready: IsReady, **options: object
) -> PageState:
    """The page once it is stable and ready; else the requests' error, PageTimeout."""
    deadline = time.monotonic() + PAGE_TIMEOUT
    while (left := deadline - time.monotonic()) > 0:
        state = await page.wait_for(
            kind, timeout=max(left, 1.0), stableMs=STABLE_MS, unchangedMs=STABLE_MS, **options
        )
        if is_ready(state):
            return state
    raise page.requests.failure or PageTimeout(f"the {kind} page did not load in time")


async def _read_to_end(
    page: BrowserPage, kind: str, state: PageState, parse_id: ParseId
) -> Listing:
    """Scroll until no more rows come, collecting them: a page may drop rows out of sight."""
    rows: dict[str, str] = {}
    link_name = "song link" if kind == "songs" else "artist link"
    while True:
        known = len(rows)
        for link in state["links"]:
            if (identifier := parse_id(link["href"])) and link["texts"]:
                rows.setdefault(identifier, link["texts"][0])
        if state["links"] and not rows:
            raise LayoutChanged(link_name)
        if not rows or len(rows) == known:
            break
        if len(rows) >= MAX_ROWS:
            break
        page.requests.reset()
        scroll = page.page.evaluate("name => ledgerPage.scrollToEnd(name)", link_name)
        has_moved = await page.call(scroll)
        if not has_moved and len(rows) % PAGE_SIZE:
            break  # the end was in sight already
        page.requests.mark_activity()
        state = await _wait_until(page, kind, _has_grown_or_ended(page.requests, rows, parse_id))
    if page.requests.failure:
        raise page.requests.failure
    entries = tuple(ListEntry(*row) for row in rows.items())
    return Listing(entries, is_complete=len(rows) < MAX_ROWS)


def _has_grown_or_ended(
    requests: RequestTracker, rows: dict[str, str], parse_id: ParseId
) -> IsReady:
    """Whether more rows came, or none will.

    The page may show an answer late, and a list of whole pages may have one more: both wait longer.
    """
    is_at_page_end = len(rows) % PAGE_SIZE == 0
    known = {None, *rows}

    def has_grown_or_ended(state: PageState) -> bool:
        if any(parse_id(link["href"]) not in known for link in state["links"]):
            return requests.is_idle_for(0.0)
        return requests.is_idle_for(IDLE_EMPTY if requests.finished or is_at_page_end else IDLE_END)

    return has_grown_or_ended


def _without_marks(text: str) -> str:
    """Text without blanks and combining marks, as searches compare it."""
    plain = "".join(unicodedata.normalize("NFKD", text).split())
    return "".join(character for character in plain if not unicodedata.combining(character))
