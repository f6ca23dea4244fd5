"""Scraped song files, and the figures that a correct load must find in them.

    Catalogue, Roster ──► write_scrapes() ──► song_….json, roster_….json, ScrapeTally

Songs of the roster, and a few without a campaign, are scraped one to eight times each; then the
next round begins.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, count
from pathlib import Path

import orjson

from sample import observed_frequencies as observed
from sample.catalogue import Catalogue, Song
from sample.placements import WindowRow
from sample.roster_results import Roster
from sample.scraped_pages import Pages, Scrape, document
from sample.seeded_random import Deck

UNLISTED_SONG_EVERY = 12  # every twelfth song has no campaign


@dataclass
class ScrapeTally:
    """The figures of all files; distinct playlists, songs and tracks are kept."""

    counts: Counter[str] = field(default_factory=Counter)
    playlists: set[tuple[str, str]] = field(default_factory=set)
    songs: set[str] = field(default_factory=set)
    streamed: dict[str, Song] = field(default_factory=dict)  # by track, where it has a stream row

    def add(self, scrape: Scrape, flaw: str, windows: dict[str, list[WindowRow]]) -> None:
        """Count one file and its windows."""
        counts = self.counts
        counts["files"] += 1
        if flaw == "not JSON":
            counts["rejected_files"] += 1
            return
        if flaw == "login":
            counts["rejected_windows"] += len(windows)
            return
        counts["accepted_windows"] += len(windows)
        self.songs.add(scrape.track_id)
        for rows in windows.values():
            playlists = {row.playlist for row in rows}
            self.playlists |= playlists
            counts["playlist_rows"] += len(rows)
            counts["stream_rows"] += len(playlists)
            counts["repeated_rows"] += len(rows) - len(playlists)
            if flaw != "old badge":
                counts["glued_names"] += sum(row.placement.has_badge for row in rows)
            if rows:
                self.streamed[scrape.track_id] = scrape.song
        pairs = combinations(windows.values(), 2)
        counts["stale_window_pairs"] += sum(bool(left) and left == right for left, right in pairs)

    def truth(self) -> dict[str, int]:
        """Return the figures under their names in truth.json."""
        kinds = (
            "files", "rejected_files", "accepted_windows", "rejected_windows", "playlist_rows",
            "repeated_rows", "stream_rows", "stale_window_pairs", "glued_names",
        )  # fmt: skip
        counted = {kind: self.counts[kind] for kind in kinds}
        return {**counted, "playlists": len(self.playlists), "songs": len(self.songs)}


def write_scrapes(
    folder: Path, catalogue: Catalogue, roster: Roster, campaigns: int, files: int
) -> ScrapeTally:
    """Write this number of scraped files."""
    return write_files(folder, catalogue, campaigns, _scrapes(catalogue, roster, files))


def write_files(
    folder: Path, catalogue: Catalogue, campaigns: int, scrapes: Iterable[Scrape]
) -> ScrapeTally:
    """Write the files of these scrapes, with flaws as often as real ones have them."""
    flaws = Deck(catalogue.seed, "file flaw", observed.FILE_FLAW)
    shapes = Deck(catalogue.seed, "file shape", observed.FILE_SHAPE)
    pages, tally = Pages(catalogue, campaigns), ScrapeTally()
    for scrape in scrapes:
        flaw, shape = flaws[scrape.number], shapes[scrape.number]
        windows = pages.windows(scrape, flaw)
        content = orjson.dumps(document(scrape, flaw, shape, windows), option=orjson.OPT_INDENT_2)
        path = folder / scrape.file_name(shape)
        path.write_bytes(b"`" + content if flaw == "not JSON" else content)
        tally.add(scrape, flaw, windows)
    return tally


def work_list(catalogue: Catalogue, roster: Roster) -> list[tuple[Song, str]]:
    """Return the songs to scrape, each with its track id; a few have no campaign."""
    songs: list[tuple[Song, str]] = []
    for song in roster.songs.values():
        songs.append((song, song.sfa_track_id))
        if song.sfa_track_id != song.track_id and song.number % 2:
            songs.append((song, song.track_id))
    for unlisted in range(len(songs) // UNLISTED_SONG_EVERY + 1):
        song = catalogue.song(-(10**6) - unlisted)
        songs.insert(unlisted * UNLISTED_SONG_EVERY, (song, song.sfa_track_id))
    return songs


def _scrapes(catalogue: Catalogue, roster: Roster, files: int) -> Iterator[Scrape]:
    songs = work_list(catalogue, roster)
    times = Deck(catalogue.seed, "scrapes of a song", observed.SCRAPES_OF_SONG)
    number, done = 0, [0] * len(songs)
    for turn in count():
        place = turn % len(songs)
        for _ in range(times[turn]):
            if number == files:
                return
            yield Scrape(number, place, done[place], *songs[place])
            number, done[place] = number + 1, done[place] + 1
