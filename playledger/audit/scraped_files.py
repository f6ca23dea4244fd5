"""What scraped files say, counted from their JSON without the loader's reader.

    scraped/*.json ──► count_scrapes() ──► Scrapes (streams by window, playlists by track) ──► tally

A file or window that is not as docs/contract.md, 1.2 has it counts as rejected and never raises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from playledger.audit.scraped_documents import (
    BAD_CONTENT,
    WINDOWS,
    Playlist,
    Window,
    read_document,
    read_window,
)
from playledger.audit.seed_rules import playlist_aliases

SONG = re.compile(r"/song/([0-9A-Za-z]{22})(?:/|$)")
TIME = re.compile(r"20\d\d(-\d\d){2}T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?", re.A)
COUNTED = (
    "scrapes_rejected", "windows", "windows_rejected", "playlist_rows", "streams", "dated_rows",
)  # fmt: skip


@dataclass
class Scrapes:
    """Counts over scraped files, and what they say of tracks and playlists.

    `playlists` are by track and window, `curators` (Spotify left out) by the key of a playlist's
    name, `read` has the tracks and windows that were read. `windows` has (track, window, scrape
    time) with the numbers of its playlists, as `numbers` gives them; `is_ambiguous` says that one
    was in two files: the ledger keeps the rows of the file that it got first.
    """

    counts: Counter[str] = field(default_factory=Counter)
    playlists: dict[tuple[str, str], set[Playlist]] = field(
        default_factory=lambda: defaultdict(set)
    )
    curators: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    read: set[tuple[str, str]] = field(default_factory=set)
    windows: dict[tuple[str, str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[Playlist, int] = field(default_factory=dict)
    is_ambiguous: bool = False
    _by_track: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """The figures of the account that rest on scraped files."""
        return {
            **self.counts,
            "observed_playlists": len(self.numbers),
            "songs_scraped": len({track for track, _ in self.read}),
            "stream_rows": sum(map(len, self.windows.values())),
        }

    def seen_on(self, track: str | None) -> set[Playlist]:
        """The playlists that any window of a track shows."""
        return set().union(*(self.playlists.get((track, name), ()) for name in WINDOWS))

    def of_campaign(self, sfa_track: str | None, track: str | None) -> set[Playlist]:
        """The playlists of a campaign: for each window of its SFA track if that was read, else of
        its link's track.
        """
        sources = (
            (sfa_track if (sfa_track, each) in self.read else track, each) for each in WINDOWS
        )
        return set().union(*(self.playlists.get(source, ()) for source in sources))

    def claim(self, name: str, tracks: Iterable[str | None] = ()) -> Playlist:
        """The playlist of a claimed name: of the one curator, not Spotify, whom the first of the
        campaign's tracks that is on such a playlist was seen on, else of the one who has it at all.
        """
        seen = (self._curators_on(track).get(name) for track in tracks if track)
        curators = next(filter(None, seen), self.curators.get(name, ()))
        return (name, next(iter(curators)) if len(curators) == 1 else "")

    def _curators_on(self, track: str) -> dict[str, set[str]]:
        """The curators, Spotify left out, of the playlists that show a track, by name."""
        if track not in self._by_track:
            found = self._by_track[track] = defaultdict(set)
            for name, curator in self.seen_on(track):
                if curator != "spotify":
                    found[name].add(curator)
        return self._by_track[track]

    def resolve(self, playlist: Playlist) -> Playlist:
        """The playlist that a seed says this one is: of its curator, or of the one who has it."""
        name = playlist_aliases().get(playlist)
        if name is None:
            return playlist
        known = (name, playlist[1]) in self.numbers or len(self.curators.get(name, ())) != 1
        return (name, playlist[1]) if known else self.claim(name)


def count_scrapes(paths: list[Path]) -> Scrapes:
    """Count scraped files; bad content never raises."""
    scrapes = Scrapes()
    scrapes.counts.update(dict.fromkeys(COUNTED, 0))
    for path in paths:
        document = read_document(path)
        try:
            track = SONG.search(document["url"])
            windows = document["time_ranges"].items()
            time = document["scraped_at"]
            is_song = bool(track and TIME.fullmatch(time) and datetime.fromisoformat(time))
        except BAD_CONTENT:
            is_song = False
        if not is_song:
            scrapes.counts["scrapes_rejected"] += 1
            continue
        is_glued = document.get("schema_version") is None
        scraped_on = date.fromisoformat(time[:10])
        for name, window in windows:
            read = read_window(name, window, is_glued, scraped_on)
            if read is None:
                scrapes.counts["windows_rejected"] += 1
            else:
                _add_window(scrapes, (track[1], name, time), read)
    return scrapes


def _add_window(scrapes: Scrapes, window: tuple[str, str, str], read: Window) -> None:
    track, name, _ = window
    scrapes.counts["windows"] += 1
    scrapes.counts["playlist_rows"] += len(read.rows)
    scrapes.is_ambiguous |= window in scrapes.windows
    if read.is_read:
        scrapes.read.add((track, name))
    scrapes.playlists[track, name].update(read.rows)
    for playlist, (streams, is_dated) in read.best.items():
        number = scrapes.numbers.setdefault(playlist, len(scrapes.numbers))
        scrapes.windows[window].add(number)
        scrapes.counts["streams"] += streams or 0
        scrapes.counts["dated_rows"] += is_dated
        if playlist[1] != "spotify":
            scrapes.curators[playlist[0]].add(playlist[1])
