"""What was read of a song, and the file that it becomes.

SongReading ──► document() ──► one file (contract, 1.2)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from loaders.scrape.numbers import write_count
from loaders.scrape.selectors import NOT_SHOWN
from loaders.scrape.site import Song
from loaders.scrape.time_windows import WINDOWS

SCHEMA_VERSION = "1"
SHORT_TO_LONG = ("7day", "28day", "12months")


@dataclass(frozen=True, slots=True)
class Row:
    """One playlist of one window, as the page shows it; `streams` is a number."""

    rank: int
    name: str
    is_personalized: bool
    made_by: str
    streams: int
    date_added: str


@dataclass(frozen=True, slots=True)
class Window:
    """One window of a song; `showing` and `total` are None where the page shows all rows."""

    streams: int
    rows: tuple[Row, ...]
    showing: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class SongReading:
    """What a song's pages show. `is_proven` when each window was seen to change from another."""

    title: str
    release_date: str | None
    windows: dict[str, Window]
    is_proven: bool

    @property
    def fits(self) -> bool:
        """Whether a shorter window nowhere has more streams than a longer one."""
        ordered = [self.windows[name] for name in SHORT_TO_LONG]
        return all(_is_within(short, long) for short, long in pairwise(ordered))

    @property
    def is_all_alike(self) -> bool:
        """Whether hero totals are the same in all windows: a song that is days old."""
        return len({window.streams for window in self.windows.values()}) == 1


def _is_within(short: Window, long: Window) -> bool:
    if short.streams > long.streams:
        return False
    known: dict[tuple[str, str], int] = {}
    for row in long.rows:
        key = (row.name, row.made_by)
        known[key] = max(row.streams, known.get(key, 0))
    return all(row.streams <= known.get((row.name, row.made_by), row.streams) for row in short.rows)


def document(song: Song, reading: SongReading, scraped_at: datetime) -> dict[str, object]:
    """The content of the song's file: the contract's shape, with a `schema_version`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "url": song.sfa_url,
        "scraped_at": scraped_at.isoformat(),
        "release_date": reading.release_date,
        "time_ranges": {
            name: {"stats": _stats(reading, reading.windows[name]), "insights": {}}
            for name in WINDOWS
        },
    }


def _stats(reading: SongReading, window: Window) -> dict[str, object]:
    shown = {
        "showing": window.showing or len(window.rows),
        "total": window.total or len(window.rows),
    }
    return {
        "title": reading.title,
        "streams": window.streams,
        "playlists": [
            {
                "rank": str(row.rank),
                "name": row.name,
                "is_personalized": row.is_personalized,
                "made_by": row.made_by,
                "streams": write_count(row.streams),
                "date_added": "Not available" if row.date_added in NOT_SHOWN else row.date_added,
            }
            for row in window.rows
        ],
        "playlist_stats": {name: str(count) for name, count in shown.items()},
    }
