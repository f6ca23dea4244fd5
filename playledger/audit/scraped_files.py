"""What scraped files say, counted from their JSON without the loader's reader.

    scraped/*.json ──► count_scrapes() ──► Scrapes (streams by window, playlists by track) ──► tally

A file or window that is not as docs/contract.md, 1.2 has it counts as rejected and never raises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import orjson

from loaders.cell_rules import short_name, single_line, text_key, without_badge
from playledger.audit.seed_rules import playlist_aliases

WINDOWS = {"7day", "28day", "12months"}
VERSIONS = {None, "1", 1}
OTHER_PAGES = {"Welcome back", "We couldn't find that page", "Something went wrong"}
SONG = re.compile(r"/song/([0-9A-Za-z]{22})(?:/|$)")
TIME = re.compile(r"20\d\d(-\d\d){2}T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?", re.A)
BAD_CONTENT = (KeyError, TypeError, AttributeError, ValueError, RecursionError)

Playlist = tuple[str, str]  # keys of its name and of its curator, empty when none is named


@dataclass
class Scrapes:
    """Counts over scraped files, and what they say of tracks and playlists.

    `playlists` are by track, `curators` (Spotify left out) by the key of a playlist's name, `songs`
    the tracks with an accepted window. `windows` has (track, window, scrape time) with the numbers
    of its playlists, as `numbers` gives them.
    """

    counts: Counter[str] = field(default_factory=Counter)
    playlists: dict[str, set[Playlist]] = field(default_factory=lambda: defaultdict(set))
    curators: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    songs: set[str] = field(default_factory=set)
    windows: dict[tuple[str, str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[Playlist, int] = field(default_factory=dict)
    _by_track: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """The figures of the account that rest on scraped files."""
        return {
            **self.counts,
            "observed_playlists": len(self.numbers),
            "songs_scraped": len(self.songs),
            "stream_rows": sum(map(len, self.windows.values())),
        }

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
            for name, curator in self.playlists.get(track, ()):
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
    scrapes.counts.update(
        dict.fromkeys(("scrapes_rejected", "windows", "windows_rejected", "playlist_rows"), 0)
    )
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
        for name, window in windows:
            rows = _read_window(name, window, is_glued)
            if rows is None:
                scrapes.counts["windows_rejected"] += 1
            else:
                _add_window(scrapes, (track[1], name, time), rows)
    return scrapes


def parse(content: bytes) -> object:
    """The document of a file, with or without a byte order mark; raises one of BAD_CONTENT."""
    document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    orjson.dumps(document)
    return document


def read_document(path: Path) -> dict | None:
    """The document of a file; None for what is none, holds a NUL, or has an unknown version."""
    content = path.read_bytes()
    try:
        document = parse(content)
        version = document.get("schema_version")
        is_known = not isinstance(version, bool | float) and version in VERSIONS
    except BAD_CONTENT:
        return None
    return document if is_known and b"\\u0000" not in content else None


def _read_window(name: str, window: object, is_glued: bool) -> list[Playlist] | None:
    """The playlists that a window shows; None when it is another page or no window."""
    try:
        is_other_page = window["stats"]["title"] in OTHER_PAGES
        if name not in WINDOWS or (is_other_page and is_glued):
            return None
        stats = window["stats"]
        if not isinstance(stats["playlists"], list) or not isinstance(
            stats.get("playlist_stats") or {}, dict
        ):
            return None
        rows = [_playlist(row, is_glued) for row in stats["playlists"]]
    except BAD_CONTENT:
        return None
    return rows if all(row[0] for row in rows) else None


def _playlist(row: dict, is_glued: bool) -> Playlist:
    name, made_by, *_ = row["name"], row["made_by"], row["rank"], row["streams"], row["date_added"]
    if is_glued:
        name = without_badge(name, made_by)
    curator = single_line(str(made_by)) if made_by is not None else ""
    return text_key(short_name(name)), "" if curator == "—" else text_key(short_name(curator))


def _add_window(scrapes: Scrapes, window: tuple[str, str, str], rows: list[Playlist]) -> None:
    scrapes.counts["windows"] += 1
    scrapes.counts["playlist_rows"] += len(rows)
    scrapes.songs.add(window[0])
    scrapes.playlists[window[0]].update(rows)
    for row in rows:
        scrapes.windows[window].add(scrapes.numbers.setdefault(row, len(scrapes.numbers)))
        if row[1] != "spotify":
            scrapes.curators[row[0]].add(row[1])
