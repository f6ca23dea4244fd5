"""What was read of a song, and the file that it becomes (docs/contract.md, scraped streams).

SongReading ──► make_document() ──► the content of one file
"""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise

from loaders.scrape.selectors import NO_VALUE
from loaders.scrape.site import Song
from loaders.scrape.time_windows import LONGEST_FIRST, WINDOWS

SCHEMA_VERSION = "1"
SEPARATOR = r"[.,\s'’٬]"  # of thousands, in any language: `78,360`, `78.360`, `78 360`
COUNT = re.compile(rf"\D*?(\d{{1,3}}(?:{SEPARATOR}\d{{2,3}})*{SEPARATOR}\d{{3}}|\d+)\s*")


@dataclass(frozen=True, slots=True)
class PlaylistRow:
    """One playlist in one window, as the page shows it."""

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
    rows: tuple[PlaylistRow, ...]
    showing: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class SongReading:
    """What a song's pages show; `is_verified` when each window was seen to change to another."""

    title: str
    release_date: str | None
    windows: dict[str, Window]
    is_verified: bool

    @property
    def is_consistent(self) -> bool:
        """Whether no shorter window has more streams than a longer one."""
        ordered = [self.windows[name] for name in LONGEST_FIRST]
        return all(_is_within(short, long) for long, short in pairwise(ordered))

    @property
    def has_equal_totals(self) -> bool:
        """Whether all windows have the same total: the song is days old."""
        return len({window.streams for window in self.windows.values()}) == 1


def _is_within(short: Window, long: Window) -> bool:
    if short.streams > long.streams:
        return False
    known: dict[tuple[str, str], int] = {}
    for row in long.rows:
        key = (row.name, row.made_by)
        known[key] = max(row.streams, known.get(key, 0))
    return all(row.streams <= known.get((row.name, row.made_by), row.streams) for row in short.rows)


def parse_count(text: str) -> int | None:
    """A whole number, alone or after words; None for anything else (`1.2M`, `12 %`)."""
    found = COUNT.fullmatch(text)
    return int(re.sub(SEPARATOR, "", found.group(1))) if found else None


def make_document(song: Song, reading: SongReading, scraped_at: datetime) -> dict[str, object]:
    """The content of the song's file; `scraped_at` is in UTC without a zone."""
    return {
        "schema_version": SCHEMA_VERSION,
        "url": song.sfa_url,
        "scraped_at": scraped_at.isoformat(),
        "release_date": reading.release_date,
        "time_ranges": {
            name: {"stats": _stats(reading.title, reading.windows[name]), "insights": {}}
            for name in WINDOWS
        },
    }


def _stats(title: str, window: Window) -> dict[str, object]:
    return {
        "title": title,
        "streams": window.streams,
        "playlists": [
            {
                **asdict(row),
                "rank": str(row.rank),
                "streams": f"{row.streams:,}",
                "date_added": "Not available" if row.date_added in NO_VALUE else row.date_added,
            }
            for row in window.rows
        ],
        "playlist_stats": {
            "showing": str(window.showing or len(window.rows)),
            "total": str(window.total or len(window.rows)),
        },
    }
