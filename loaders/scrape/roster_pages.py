"""Read lists of the site: the artists that a search of the roster finds, and an artist's songs.

    SitePage, text      ──► search_artists() ──► Listing of artist ids and names
    SitePage, artist id ──► read_songs()     ──► Listing of track ids and titles

Only ids are taken from links. A list counts when it is the one that was asked for, nothing is on
its way any more, and scrolling brings no more rows; whatever else comes is a Trouble.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from loaders.scrape.errors import LayoutChanged, RowsLate
from loaders.scrape.name_normalisation import normalise
from loaders.scrape.page import PATIENCE, Seen, SitePage
from loaders.scrape.request_tracker import RequestTracker
from loaders.scrape.selectors import SELECTORS
from loaders.scrape.site import artist_of, song_of

STILL = 200  # milliseconds without a change, until a list is looked at
OTHER_FOR = 1.0  # seconds of quiet for a list that is not plainly the search's
UNCHANGED_FOR = 1.5  # for one that is still as it was before the search
EMPTY_FOR = 2.0  # for one without rows: a page may show its answer late
END_FOR = 0.6  # after a scroll that asked for nothing
ROWS_AT_A_TIME = 20  # that the site shows; nothing fails where it is another number
MOST_ROWS = 1_000
# To the end of whatever scrolls around the last link, the page or a part of it. Resolves when the
# page's own observers of what is in sight have been told too; says whether anything moved.
SCROLL = """selectors => new Promise(resolve => {
    const lists = selectors.map(each => [...document.querySelectorAll(each)]);
    const links = lists.find(each => each.length);
    const last = links.filter(each => !each.closest("nav, header, footer")).pop();
    let hasMoved = false;
    for (let part = last; part; part = part.parentElement) {
        const before = part.scrollTop;
        part.scrollTop = part.scrollHeight;
        hasMoved ||= Math.abs(part.scrollTop - before) > 1;
    }
    const watch = new IntersectionObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(hasMoved), 0));
    });
    requestAnimationFrame(() => watch.observe(last));
    setTimeout(() => resolve(hasMoved), 3000);
})"""

Identify = Callable[[str], str | None]


class Entry(NamedTuple):
    """One row of a list: an artist's id and name, or a track's id and title."""

    identifier: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list in its order; `is_whole` is false where reading stopped at MOST_ROWS."""

    entries: tuple[Entry, ...]
    is_whole: bool = True


async def search_artists(page: SitePage, text: str) -> Listing:
    """The artists that the roster shows for a search; raises a Trouble."""
    await page.open(page.site.roster)
    await page.wait("roster")
    unfiltered = await _settled(page, "found", _quiet(page.requests))
    page.requests.restart()
    field = await _type(page, text)
    is_result = _is_result(page.requests, normalise(text), unfiltered["print"])
    seen = await _settled(page, "found", is_result, unlike=unfiltered["print"])
    if await page.ask(page.page.locator(field).first.input_value()) != text:
        raise RowsLate("the search field lost its text")
    return await _to_the_end(page, "found", seen, lambda address: artist_of(address, page.site))


async def read_songs(page: SitePage, artist_id: str) -> Listing:
    """All songs of an artist; raises a Trouble."""

    def track_of(address: str) -> str | None:
        song = song_of(address, page.site)
        return song.track_id if song and song.artist_id == artist_id else None

    await page.open(page.site.songs(artist_id))
    seen = await _settled(page, "songs", _quiet(page.requests))
    return await _to_the_end(page, "songs", seen, track_of)


async def _type(page: SitePage, text: str) -> str:
    """Type into the search field; by which selector it was found."""
    for selector in SELECTORS["roster search"]:
        field = page.page.locator(selector)
        if await page.ask(field.count()):
            await page.ask(field.first.fill(text, timeout=8_000))
            return selector
    raise LayoutChanged("roster search")


def _quiet(requests: RequestTracker) -> Callable[[Seen], bool]:
    return lambda seen: requests.is_quiet_for(0.0 if seen["links"] else EMPTY_FOR)


def _is_result(requests: RequestTracker, wanted: str, before: str) -> Callable[[Seen], bool]:
    """Whether a list is the search's. One whose every name has the text needs no more proof; one
    that the search left as it was needs that proof.
    """

    def is_result(seen: Seen) -> bool:
        names = [normalise(" ".join(link["texts"])) for link in seen["links"]]
        has_text = all(_bare(wanted) in _bare(name) for name in names)
        if not names:
            return requests.is_quiet_for(EMPTY_FOR)
        if seen["print"] == before:
            return has_text and requests.is_quiet_for(UNCHANGED_FOR)
        return requests.is_quiet_for(0.0 if has_text else OTHER_FOR)

    return is_result


async def _settled(
    page: SitePage, kind: str, is_settled: Callable[[Seen], bool], **options: object
) -> Seen:
    """The page once it stands still and is what was waited for; RowsLate when it never is."""
    deadline = time.monotonic() + PATIENCE
    while (left := deadline - time.monotonic()) > 0:
        seen = await page.wait(kind, patience=max(left, 1.0), quiet=STILL, sameFor=STILL, **options)
        if is_settled(seen):
            return seen
    raise page.requests.failure or RowsLate(f"the {kind} list was not filled in time")


async def _to_the_end(page: SitePage, kind: str, seen: Seen, identify: Identify) -> Listing:
    """Scroll until nothing comes any more, and gather: rows may go when they are out of sight."""
    rows: dict[str, str] = {}
    link_name = "song link" if kind == "songs" else "artist link"
    while True:
        known = len(rows)
        _gather(rows, seen, identify)
        if seen["links"] and not rows:
            raise LayoutChanged(link_name)
        if not rows or len(rows) == known:
            break
        if len(rows) >= MOST_ROWS:
            return Listing(_entries(rows), is_whole=False)
        page.requests.restart()
        has_moved = await page.ask(page.page.evaluate(SCROLL, SELECTORS[link_name]))
        if not has_moved and len(rows) % ROWS_AT_A_TIME:
            break  # the end was in sight all the time
        page.requests.touch()
        seen = await _settled(page, kind, _has_grown(page.requests, rows, identify))
    if page.requests.failure:
        raise page.requests.failure
    return Listing(_entries(rows))


def _has_grown(
    requests: RequestTracker, rows: dict[str, str], identify: Identify
) -> Callable[[Seen], bool]:
    """Whether more rows came, or none will. An answer that came may be shown late; a list that ends
    where a request for more would begin is waited for longer.
    """
    is_even = len(rows) % ROWS_AT_A_TIME == 0
    known = {None, *rows}

    def has_grown(seen: Seen) -> bool:
        is_more = any(identify(link["href"]) not in known for link in seen["links"])
        if is_more:
            return requests.is_quiet_for(0.0)
        return requests.is_quiet_for(EMPTY_FOR if requests.answered or is_even else END_FOR)

    return has_grown


def _gather(rows: dict[str, str], seen: Seen, identify: Identify) -> None:
    for link in seen["links"]:
        if (identifier := identify(link["href"])) and link["texts"]:
            rows.setdefault(identifier, link["texts"][0])


def _entries(rows: dict[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(*row) for row in rows.items())


def _bare(text: str) -> str:
    """Text without marks of any script, as searches compare it."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(sign) and not sign.isspace()
    )
