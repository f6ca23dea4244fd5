"""Scraped song files, and what a correct load must find in them.

    Catalogue, Roster ──► write_scrapes() ──► song_….json, roster_….json, ScrapeTally

Songs of the roster are scraped one to eight times, and a few songs that no campaign is for. When
all were scraped, the next round begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, count
from pathlib import Path

import orjson

from sample import observed_frequencies as real
from sample.catalogue import Catalogue, Song
from sample.placements import WindowRow
from sample.roster_results import Roster
from sample.scraped_pages import Pages, Scrape, document
from sample.seeded_random import Deck

FOREIGN_SONGS = 12  # among so many songs one is of no campaign


@dataclass
class ScrapeTally:
    """Numbers of all files; what must be told apart is kept."""

    counts: Counter[str] = field(default_factory=Counter)
    playlists: set[tuple[str, str]] = field(default_factory=set)
    songs: set[str] = field(default_factory=set)
    streamed: dict[str, Song] = field(default_factory=dict)  # by the track with a stream row

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
        """Return the numbers under the names of truth.json."""
        kinds = (
            "files", "rejected_files", "accepted_windows", "rejected_windows", "playlist_rows",
            "repeated_rows", "stream_rows", "stale_window_pairs", "glued_names",
        )  # fmt: skip
        counted = {kind: self.counts[kind] for kind in kinds}
        return {**counted, "playlists": len(self.playlists), "songs": len(self.songs)}


def write_scrapes(
    folder: Path, catalogue: Catalogue, roster: Roster, campaigns: int, files: int
) -> ScrapeTally:
    """Write so many files."""
    flaws = Deck(catalogue.seed, "file flaw", real.FILE_FLAW)
    shapes = Deck(catalogue.seed, "file shape", real.FILE_SHAPE)
    pages, tally = Pages(catalogue, campaigns), ScrapeTally()
    for scrape in _scrapes(catalogue, roster, files):
        flaw, shape = flaws[scrape.number], shapes[scrape.number]
        windows = pages.windows(scrape, flaw)
        content = orjson.dumps(document(scrape, flaw, shape, windows), option=orjson.OPT_INDENT_2)
        path = folder / scrape.file_name(shape)
        path.write_bytes(b"`" + content if flaw == "not JSON" else content)
        tally.add(scrape, flaw, windows)
    return tally


def work_list(catalogue: Catalogue, roster: Roster) -> list[tuple[Song, str]]:
    """Return the songs to scrape, each with the track that is scraped; some are of no campaign."""
    songs: list[tuple[Song, str]] = []
    for song in roster.songs.values():
        songs.append((song, song.sfa_track_id))
        if song.sfa_track_id != song.track_id and song.number % 2:
            songs.append((song, song.track_id))
    for foreign in range(len(songs) // FOREIGN_SONGS + 1):
        song = catalogue.song(-(10**6) - foreign)
        songs.insert(foreign * FOREIGN_SONGS, (song, song.sfa_track_id))
    return songs


def _scrapes(catalogue: Catalogue, roster: Roster, files: int) -> Iterator[Scrape]:
    songs = work_list(catalogue, roster)
    times = Deck(catalogue.seed, "scrapes of a song", real.SCRAPES_OF_SONG)
    number, done = 0, [0] * len(songs)
    for turn in count():
        place = turn % len(songs)
        for _ in range(times[turn]):
            if number == files:
                return
            yield Scrape(number, place, done[place], *songs[place])
            number, done[place] = number + 1, done[place] + 1
