"""The playlists that a song is on, and their streams in each window.

    song, claims ──► placements_of() ──► Placement ──► window_rows() ──► WindowRow

Streams grow with the length of the window, so two windows of a song are never equal by chance.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample.names import ALGORITHMIC, Names

NOBODY = "—"
SPOTIFY = "Spotify"
BADGE = "Personalized"
WINDOWS = ("28day", "7day", "12months")  # in the scraper's order
CURATED_PLAYLISTS = 12_000
EDITORIAL_PLAYLISTS = 10
ALGORITHMIC_CHANCE = (0.9, 0.8, 0.75, 0.7, 0.55, 0.5, 0.45, 0.3, 0.3, 0.1)
SHARE_OF_CLAIMS_SEEN = 0.5
LARGEST_WINDOW = 100
OLDEST_ADDITION = date(2024, 11, 1)


@dataclass(frozen=True, slots=True)
class Placement:
    """One song on one playlist, with the streams of each window at the first scrape."""

    playlist: str
    made_by: str
    has_badge: bool
    added: date | None
    streams: dict[str, int]


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One row of a window's table; its rank is its position."""

    placement: Placement
    streams: int

    @property
    def playlist(self) -> tuple[str, str]:
        """What identifies a playlist: its name without a badge, and who made it."""
        return self.placement.playlist, self.placement.made_by


def placements_of(
    artist: str, size: int, claims: Iterable[int], names: Names, rng: Random
) -> list[Placement]:
    """Return at least `size` placements, some of them on claimed playlists."""
    lists: dict[tuple[str, str], bool] = {}
    for name, likely in zip(ALGORITHMIC, ALGORITHMIC_CHANCE, strict=True):
        if rng.random() < likely and len(lists) < 0.6 * size:
            lists[name, SPOTIFY] = False
    if rng.random() < 0.25:
        lists[f"This Is {artist}", SPOTIFY] = False
    if rng.random() < 0.1:
        number = int(EDITORIAL_PLAYLISTS * rng.random() ** 2)
        lists[names.editorial(number), SPOTIFY] = True
    for claim in claims:
        if rng.random() < SHARE_OF_CLAIMS_SEEN:
            lists[names.playlist(claim), NOBODY] = False
    lists[names.playlist(int(CURATED_PLAYLISTS * rng.random() ** 3)), NOBODY] = False
    while len(lists) < size:
        lists[names.playlist(int(CURATED_PLAYLISTS * rng.random() ** 3)), NOBODY] = False
    return [
        Placement(name, made_by, badge, _added(name, rng), _streams(rng))
        for (name, made_by), badge in lists.items()
    ]


def window_rows(placements: list[Placement], window: str, nth: int) -> list[WindowRow]:
    """Return the window's table at the nth scrape: most streams first, at most 100 rows."""
    rows = [
        WindowRow(placement, placement.streams[window] * (8 + nth) // 8)
        for placement in placements
        if placement.streams[window]
    ]
    return sorted(rows, key=lambda row: -row.streams)[:LARGEST_WINDOW]


def with_namesake(rows: list[WindowRow]) -> list[WindowRow]:
    """Return the table with a second playlist of the same name and fewer streams."""
    first = next((row for row in rows if row.placement.made_by == NOBODY), None)
    if first is None:
        return rows
    twin = replace(first, streams=first.streams // 3)
    return sorted([*rows, twin], key=lambda row: -row.streams)[:LARGEST_WINDOW]


def _added(name: str, rng: Random) -> date | None:
    day = OLDEST_ADDITION + timedelta(days=rng.randrange(300))
    return None if name in ALGORITHMIC else day


def _streams(rng: Random) -> dict[str, int]:
    year = 2 + int(rng.lognormvariate(4.2, 2.0))
    month = int(year * rng.random() * 0.8) if rng.random() < 0.62 else 0
    week = int(month * rng.random() * 0.8) if rng.random() < 0.85 else 0
    return {"12months": year, "28day": month, "7day": week}
