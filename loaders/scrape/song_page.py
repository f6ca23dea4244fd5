"""Read a song's pages: totals and playlists of the three windows.

    BrowserPage, Song ──► read_song() ──► SongReading

A reading is trusted when its windows are consistent: a week has no more streams than its month.
Otherwise, or when all windows are equal, the song is read again from new pages; it counts when both
readings agree.
"""

import logging
from contextlib import suppress
from functools import partial

from loaders.scrape.errors import LayoutChanged, NotFound, PageTimeout, WindowNotSwitched
from loaders.scrape.page import BrowserPage
from loaders.scrape.page_state import PageState
from loaders.scrape.selectors import BADGE
from loaders.scrape.site import SONG_PATH, Song
from loaders.scrape.song_document import PlaylistRow, SongReading, Window, parse_count
from loaders.scrape.time_windows import LABEL_NUMBERS, WINDOWS, read_windows

logger = logging.getLogger(__name__)
UNCHANGED_MS = 3_000  # old rows stay for a second or two
MAX_WAITS = 5  # times that long while a request is open


async def read_song(page: BrowserPage, song: Song) -> SongReading:
    """Read a song, twice where the first reading may be wrong; raises a ScrapeError."""
    reading = await _read_once(page, song)
    if reading.is_verified and reading.is_consistent:
        return reading
    logger.info("Reading song %s again: its windows are inconsistent or equal", song.track_id)
    again = await _read_once(page, song)
    if again.is_verified and again.is_consistent:
        return again
    if again != reading:
        raise WindowNotSwitched("two readings of the song differ")
    if not again.is_verified and not again.has_equal_totals:
        raise WindowNotSwitched("all windows show the same playlists, and their totals differ")
    return again


async def _read_once(page: BrowserPage, song: Song) -> SongReading:
    first = await open_overview(page, song)
    totals, are_totals_verified = await read_windows(
        partial(_select_chip, page), first, parse_window_label(first["chosenChip"])
    )
    first = await _open_playlists(page, song)
    tables, are_tables_verified = await read_windows(
        partial(_select_option, page), first, parse_window_label(first["window"])
    )
    windows = {window: _read_window(totals[window], tables[window]) for window in WINDOWS}
    overview = next(iter(totals.values()))
    is_verified = are_totals_verified and are_tables_verified
    return SongReading(overview["heading"], overview["releaseDate"], windows, is_verified)


async def open_overview(page: BrowserPage, song: Song) -> PageState:
    """Open the song's overview; raises a ScrapeError when it lacks its usual elements."""
    await page.open(page.site.song(song, "stats"))
    return await _wait_for_tab(page, song, "overview")


async def _open_playlists(page: BrowserPage, song: Song) -> PageState:
    """Open the song's playlists by their tab, else by their address."""
    if await page.open_tab("playlists"):
        with suppress(PageTimeout, LayoutChanged):
            return await _wait_for_tab(page, song, "playlists")
    await page.open(page.site.song(song, "playlists"))
    return await _wait_for_tab(page, song, "playlists")


async def _wait_for_tab(page: BrowserPage, song: Song, kind: str) -> PageState:
    state = await page.wait_for(kind)
    path = page.address.removeprefix(page.site.address)
    found = SONG_PATH.fullmatch(path)
    if not found or found.group(2) != song.track_id:
        raise NotFound(f"the site redirected to {path}")
    return state


async def _select_chip(page: BrowserPage, window: str, previous: str) -> PageState:
    """Switch the overview by its chips; the page need not say which one is chosen."""
    chip = ("chip", LABEL_NUMBERS[window])
    state = await _wait_for_change(page, "overview", previous, control=chip)
    if state["state"] == "unchanged":
        await page.click(*chip)
        state = await _wait_for_change(page, "overview", previous)
    return state


async def _select_option(page: BrowserPage, window: str, previous: str) -> PageState:
    """Switch the playlists by their drop-down, whose label names the chosen window."""
    number = LABEL_NUMBERS[window]
    option = ("window option", number)
    return await _wait_for_change(page, "playlists", previous, window=number, control=option)


async def _wait_for_change(
    page: BrowserPage, kind: str, previous: str, **options: object
) -> PageState:
    for _ in range(MAX_WAITS):
        state = await page.wait_for(kind, previous=previous, unchangedMs=UNCHANGED_MS, **options)
        if state["state"] != "unchanged" or not page.requests.is_pending:
            break
        options["control"] = None
    return state


def parse_window_label(label: str | None) -> str | None:
    """The window that a label names, by its number, which is the same in all languages."""
    words = (label or "").split()
    return next((window for window, number in LABEL_NUMBERS.items() if number in words), None)


def _read_window(overview: PageState, playlists: PageState) -> Window:
    streams = parse_count(overview["hero"])
    if streams is None:
        raise LayoutChanged("hero streams")
    rows = tuple(_read_row(cells) for cells in playlists["rows"])
    if [row.rank for row in rows] != list(range(1, len(rows) + 1)):
        raise LayoutChanged("playlist row")
    showing, total = map(parse_count, playlists["showing"] or ("", ""))
    return Window(streams, rows, showing, total)


def _read_row(cells: list[list[str]]) -> PlaylistRow:
    rank_cell, name, made_by, streams_cell, *added = cells
    rank, streams = parse_count("".join(rank_cell)), parse_count("".join(streams_cell))
    if rank is None or streams is None:
        raise LayoutChanged("cell")
    has_badge = len(name) > 1 and name[-1] == BADGE
    return PlaylistRow(
        rank=rank,
        name=" ".join(name[:-1] if has_badge else name),
        is_personalized=has_badge,
        made_by=" ".join(made_by) or "—",
        streams=streams,
        date_added=" ".join(added[0]) if added else "",
    )
