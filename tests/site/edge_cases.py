"""Content made by hand: what a scraper can misread, each case under its own name.

EdgeCaseContent ──► a Content; `tracks` has the track id of each case
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sample.seeded_random import spotify_id
from tests.site.content import (
    LARGEST_TABLE,
    NO_VALUE,
    WINDOWS,
    Artist,
    ForbiddenError,
    NotFoundError,
    Row,
    Song,
    SongStats,
    Window,
)

NAMES_LIKE_NOTICES = (
    "Mood Personalized", "Personalized", "Showing 100 of 240", "No playlists yet",
    "Something went wrong", "<script>alert(1)</script>", "Welcome back", "Last 28 days", "1,234",
)  # fmt: skip
WITH_BADGE = ("Personalized", "Daylist")  # "Personalized" comes twice, with and without a badge
RELEASED = date(2024, 2, 29)
# case: (artist, title, rows in 7 days, 28 days and 12 months)
CASES: dict[str, tuple[str, str, tuple[int, int, int]]] = {
    "notices": ("Notice Board", "Names Like Notices", (6, 9, 11)),
    "welcome back": ("Notice Board", "Welcome back", (2, 3, 4)),
    "not found": ("Notice Board", "We couldn't find that page", (2, 3, 4)),
    "failed": ("Notice Board", "Something went wrong", (2, 3, 4)),
    "markup": ("Notice Board", '<b>Bold</b> & "Quoted" \u2013 it\'s', (2, 3, 4)),
    "331": ("Beyoncé Núñez", "Everywhere", (40, 100, 331)),
    "all empty": ("Beyoncé Núñez", "Nowhere", (0, 0, 0)),
    "7 days empty": ("Beyoncé Núñez", "Nearly Gone", (0, 3, 8)),
    "new": ("Beyoncé Núñez", "Out Today", (5, 5, 5)),
    "exactly 100": ("Beyoncé Núñez", "Round", (99, 100, 101)),
    "plain": ("Night Driver", "Night Drive", (4, 7, 12)),
    "remix": ("Night Driver", "Night Drive - Remix", (3, 6, 9)),
    "first namesake": ("Twin", "Left", (2, 3, 4)),
    "second namesake": ("Twin", "Right", (2, 3, 4)),
    "forbidden": ("Night Driver", "Sold", (2, 3, 4)),
}
ARTIST_OF = {"second namesake": "another Twin"}  # two artists of one name
CROWD = 45  # artists that one search finds
PROLIFIC, SONGS_OF_PROLIFIC = "Prolific", 70


class EdgeCaseContent:
    """Songs and artists that are easily misread."""

    def __init__(self) -> None:
        self.tracks: dict[str, str] = {}  # by case
        self._artists: dict[str, Artist] = {}
        self._songs: dict[str, Song] = {}
        self._stats: dict[str, SongStats] = {}
        for case, (artist, title, sizes) in CASES.items():
            song = self._add(ARTIST_OF.get(case, artist), artist, title)
            self.tracks[case] = song.track_id
            self._stats[song.track_id] = make_stats(case, sizes)
        for number in range(CROWD):
            self._add(f"crowd {number}", f"Crowd Member {number:02}", f"Song {number}")
        for number in range(SONGS_OF_PROLIFIC):
            self._add(PROLIFIC, PROLIFIC, f"Take {number + 1:02}", -number)

    def artist(self, name: str) -> Artist:
        """Return the first artist of this name."""
        return next(artist for artist in self.artists() if artist.name == name)

    def artists(self) -> Sequence[Artist]:
        """Return the roster by name."""
        return sorted(self._artists.values(), key=lambda artist: artist.name)

    def songs(self, artist_id: str) -> Sequence[Song]:
        """Return an artist's songs as they were added."""
        if all(artist.artist_id != artist_id for artist in self._artists.values()):
            raise NotFoundError(artist_id)
        return [song for song in self._songs.values() if song.artist_id == artist_id]

    def song(self, track_id: str) -> Song:
        """Return one song."""
        if track_id == self.tracks["forbidden"]:
            raise ForbiddenError(track_id)
        if track_id not in self._songs:
            raise NotFoundError(track_id)
        return self._songs[track_id]

    def stats(self, track_id: str) -> SongStats:
        """Return a song's statistics; songs without a case have a few rows."""
        self.song(track_id)
        return self._stats.get(track_id) or make_stats(track_id, (1, 2, 3))

    def path(self, case: str, tab: str = "stats") -> str:
        """Return the path of a song's page."""
        song = self._songs[self.tracks[case]]
        return f"/c/artist/{song.artist_id}/song/{song.track_id}/{tab}"

    def _add(self, key: str, artist: str, title: str, days: int = 0) -> Song:
        artist_id = spotify_id("awkward artist", key)
        self._artists.setdefault(key, Artist(artist_id, artist))
        released = RELEASED + timedelta(days=days)
        song = Song(artist_id, spotify_id("awkward", key, title), title, released)
        self._songs[song.track_id] = song
        return song


def make_stats(case: str, sizes: tuple[int, int, int]) -> SongStats:
    """Return the statistics of a song with so many playlists in each window."""
    scales = (1, 1, 1) if case == "new" else (1, 4, 30)  # a new song has had only one week
    windows, streams = {}, {}
    for window, size, scale in zip(WINDOWS, sizes, scales, strict=True):
        rows = [_row(case, rank, scale) for rank in range(1, size + 1)]
        windows[window] = Window(tuple(rows[:LARGEST_TABLE]), size)
        streams[window] = sum(row.streams for row in rows) + 1000 * scale
    return SongStats(streams, windows)


def _row(case: str, rank: int, scale: int) -> Row:
    """Return a row; the first is a playlist of Spotify's, without a date."""
    names = ("Daylist", *NAMES_LIKE_NOTICES, "Personalized") if case == "notices" else ("Daylist",)
    name = names[rank - 1] if rank <= len(names) else f"List {rank:03}"
    is_own = rank == 1 or (name in WITH_BADGE and rank > len(NAMES_LIKE_NOTICES))
    added = None if is_own else RELEASED + timedelta(days=rank)
    made_by = "Spotify" if is_own else ("a user" if rank % 3 == 0 else NO_VALUE)
    return Row(rank, name, made_by, max(1, (400 - rank) * scale), added, is_own)
