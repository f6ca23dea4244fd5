"""What the site shows: artists, their songs, and each song's statistics in three windows.

    SampleContent or EdgeCaseContent ──► Content ──► pages, and `truth_of()` for comparing

A content never changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

WINDOWS = ("7day", "28day", "12months")
NO_VALUE = "—"
LARGEST_TABLE = 100


class NotFoundError(Exception):
    """There is no such artist or song."""


class ForbiddenError(Exception):
    """The song belongs to another account."""


@dataclass(frozen=True, slots=True)
class Row:
    """One playlist in a window's table."""

    rank: int
    name: str  # without the badge
    made_by: str
    streams: int
    added: date | None
    has_badge: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """One window's table: at most 100 rows of so many playlists."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Artist:
    """One artist on the roster."""

    artist_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Song:
    """A song as an artist's list of songs shows it."""

    artist_id: str
    track_id: str
    title: str
    released: date


@dataclass(frozen=True, slots=True)
class SongStats:
    """What a song's two pages show, by window."""

    streams: Mapping[str, int]  # the total on the overview
    windows: Mapping[str, Window]


class Content(Protocol):
    """Everything that one account sees."""

    def artists(self) -> Sequence[Artist]:
        """Return the roster in the order of the page."""

    def songs(self, artist_id: str) -> Sequence[Song]:
        """Return an artist's songs in the order of the page; NotFoundError."""

    def song(self, track_id: str) -> Song:
        """Return one song; NotFoundError, ForbiddenError."""

    def stats(self, track_id: str) -> SongStats:
        """Return a song's statistics; NotFoundError, ForbiddenError."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a scrape of one song must find."""

    title: str
    streams: dict[str, int]
    rows: dict[str, list[tuple[int, str, str, int, date | None, bool]]]
    totals: dict[str, int]


def truth_of(content: Content, track_id: str) -> Truth:
    """Return a song's statistics as plain data (rows in the order of Row's fields)."""
    song, stats = content.song(track_id), content.stats(track_id)
    return Truth(
        title=song.title,
        streams=dict(stats.streams),
        rows={window: [astuple(row) for row in stats.windows[window].rows] for window in WINDOWS},
        totals={window: stats.windows[window].total for window in WINDOWS},
    )


@lru_cache(maxsize=2**16)
def search_key(text: str) -> str:
    """Return what the search compares: lower case without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()
