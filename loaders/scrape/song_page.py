"""Read a song's pages: hero totals and playlists of the three windows.

    SitePage, Song ──► read_song() ──► SongReading

A reading is trusted when its windows fit together: what a week brought is no more than what a month
did. One that does not fit, or whose windows are all alike, is read again from new pages; it counts
when both readings agree.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from loaders.scrape.errors import Gone, LayoutChanged, NotSwitched, RowsLate
from loaders.scrape.numbers import read_count
from loaders.scrape.page import SitePage
from loaders.scrape.page_diagnosis import Seen
from loaders.scrape.selectors import BADGE
from loaders.scrape.site import SONG_PATH, Song
from loaders.scrape.song_document import Row, SongReading, Window
from loaders.scrape.time_windows import NUMBERS, WINDOWS, each_window

SAME_FOR = 3_000  # milliseconds: old rows stay for a second or two
WAITS = 5  # times that long for what the site still owes


async def read_song(page: SitePage, song: Song) -> SongReading:
    """Read a song, twice where the first reading may be wrong; raises a Trouble."""
    reading = await _read_once(page, song)
    if reading.is_proven and reading.fits:
        return reading
    again = await _read_once(page, song)
    if again.is_proven and again.fits:
        return again
    if again != reading:
        raise NotSwitched("two readings of the song differ")
    if not again.is_proven and not again.is_all_alike:
        raise NotSwitched("all windows show the same playlists, and their totals differ")
    return again


async def _read_once(page: SitePage, song: Song) -> SongReading:
    first = await check_song(page, song)
    chosen = next((chip["text"] for chip in first["chips"] if chip["isChosen"]), None)
    totals, totals_proven = await each_window(Chips(page), first, window_in(chosen))
    first = await _playlists(page, song)
    tables, tables_proven = await each_window(DropDown(page), first, window_in(first["window"]))
    windows = {window: _read_window(totals[window], tables[window]) for window in WINDOWS}
    title = next(iter(totals.values()))["heading"]
    release = next(iter(totals.values()))["release"]
    return SongReading(title, release, windows, totals_proven and tables_proven)


async def check_song(page: SitePage, song: Song) -> Seen:
    """The overview as it comes; raises a Trouble when it is not what it was."""
    await page.open(page.site.song(song, "stats"))
    seen = await page.wait("overview")
    _check_address(page, song)
    return seen


async def _playlists(page: SitePage, song: Song) -> Seen:
    """The playlists page as it comes, by its tab, else by its address."""
    if await page.go_to_tab("playlists"):
        with suppress(RowsLate, LayoutChanged):
            seen = await page.wait("playlists")
            _check_address(page, song)
            return seen
    await page.open(page.site.song(song, "playlists"))
    seen = await page.wait("playlists")
    _check_address(page, song)
    return seen


@dataclass(frozen=True, slots=True)
class Chips:
    """The chips of the overview; which one is chosen they need not say."""

    page: SitePage

    async def switch(self, window: str, unlike: str) -> Seen:
        """Choose a chip; see windows.Control."""
        chip = ("chip", NUMBERS[window])
        seen = await _wait_for_change(self.page, "overview", unlike, press=chip)
        if seen["state"] == "same":
            await self.page.click(*chip)
            seen = await _wait_for_change(self.page, "overview", unlike)
        return seen


@dataclass(frozen=True, slots=True)
class DropDown:
    """The drop-down of the playlists page, whose label says what is chosen."""

    page: SitePage

    async def switch(self, window: str, unlike: str) -> Seen:
        """Choose an option; see windows.Control."""
        number = NUMBERS[window]
        press = ("option", number)
        return await _wait_for_change(self.page, "playlists", unlike, window=number, press=press)


async def _wait_for_change(page: SitePage, kind: str, unlike: str, **options: object) -> Seen:
    for _ in range(WAITS):
        seen = await page.wait(kind, unlike=unlike, sameFor=SAME_FOR, **options)
        if seen["state"] != "same" or not page.requests.is_waiting:
            break
        options["press"] = None
    return seen


def window_in(label: str | None) -> str | None:
    """The window that a label names: by its number, which no language changes."""
    words = (label or "").split()
    return next((window for window, number in NUMBERS.items() if number in words), None)


def _check_address(page: SitePage, song: Song) -> None:
    """The address must still be the song's: the site may lead on to another one."""
    path = page.page.url.partition("?")[0].removeprefix(page.site.address)
    found = SONG_PATH.fullmatch(path)
    if not found or found.group(2) != song.track_id:
        raise Gone(f"the site led on to {path}")


def _read_window(total: Seen, table: Seen) -> Window:
    streams = read_count(total["hero"])
    if streams is None:
        raise LayoutChanged("hero streams")
    rows = tuple(_read_row(cells) for cells in table["rows"])
    if [row.rank for row in rows] != list(range(1, len(rows) + 1)):
        raise LayoutChanged("playlist row")
    showing, total_rows = map(read_count, table["showing"] or ("", ""))
    return Window(streams, rows, showing, total_rows)


def _read_row(cells: list[list[str]]) -> Row:
    rank, name, made_by, streams, *added = cells
    rank, streams = read_count("".join(rank)), read_count("".join(streams))
    if rank is None or streams is None:
        raise LayoutChanged("cell")
    has_badge = len(name) > 1 and name[-1] == BADGE
    return Row(
        rank=rank,
        name=" ".join(name[:-1] if has_badge else name),
        is_personalized=has_badge,
        made_by=" ".join(made_by) or "—",
        streams=streams,
        date_added=" ".join(added[0]) if added else "",
    )
