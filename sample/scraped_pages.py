"""One scraped file: the rows of its windows, and the JSON that the first scraper wrote.

Scrape, flaw ──► Pages.windows() ──► WindowRow ──► document() ──► the JSON of one file
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sample import observed_frequencies as observed
from sample.catalogue import Catalogue, Song
from sample.placements import (
    BADGE,
    WINDOWS,
    Placement,
    WindowRow,
    placements_of,
    window_rows,
    with_namesake,
)
from sample.seeded_random import Deck, rng_for

FIRST_SCRAPE, BETWEEN_SCRAPES = datetime(2025, 9, 15, 12, 4, 11, 170_261), timedelta(days=9)
BETWEEN_SONGS = timedelta(seconds=43, microseconds=811_309)
READING = timedelta(seconds=31)  # between `scraped_at` and the time in the file's name
LOGIN_TITLE = "Welcome back"
NOT_SWITCHED = {  # windows that show the rows of the 12-month window
    "28 days not switched": ("28day",),
    "7 days not switched": ("7day",),
    "nothing switched": ("28day", "7day"),
}
EMPTY = {
    "7 days empty": ("7day",),
    "short windows empty": ("28day", "7day"),
    "empty": WINDOWS,
    "login": WINDOWS,
}


@dataclass(frozen=True, slots=True)
class Scrape:
    """One file: the nth scrape of a song's page; `at` is when, if not in the usual rounds."""

    number: int
    place: int  # index of the song in the work list
    nth: int
    song: Song
    track_id: str
    at: datetime | None = None

    @property
    def scraped_at(self) -> datetime:
        """When the page was scraped."""
        return self.at or FIRST_SCRAPE + self.nth * BETWEEN_SCRAPES + self.place * BETWEEN_SONGS

    def file_name(self, shape: str) -> str:
        """Return the file's name; it begins with `roster_` for the shape "roster"."""
        stamp = f"{self.scraped_at + READING:%Y%m%d_%H%M%S}"
        return f"{'roster' if shape == 'roster' else 'song'}_{self.track_id}_{stamp}.json"


class Pages:
    """The site's pages for the songs of an export with this number of campaigns."""

    def __init__(self, catalogue: Catalogue, campaigns: int) -> None:
        self._catalogue, self._campaigns = catalogue, campaigns
        self._sizes = Deck(catalogue.seed, "placements", observed.PLACEMENTS)

    def placements(self, scrape: Scrape) -> list[Placement]:
        """Return the placements of the scraped track, some of them claimed by vendors."""
        catalogue, song = self._catalogue, scrape.song
        rows = catalogue.campaigns_of(song.number) if song.number >= 0 else []
        campaigns = (catalogue.campaign(row) for row in rows if row < self._campaigns)
        claimed = (claim.playlist for campaign in campaigns for claim in campaign.claims)
        claims = [playlist for playlist in claimed if playlist is not None]
        rng = rng_for(catalogue.seed, "placements", scrape.track_id)
        size = self._sizes[scrape.place]
        return placements_of(song.artist, size, claims, catalogue.names, rng)

    def windows(self, scrape: Scrape, flaw: str) -> dict[str, list[WindowRow]]:
        """Return the rows of each window, with the flaw applied."""
        placements = self.placements(scrape)
        windows = {window: window_rows(placements, window, scrape.nth) for window in WINDOWS}
        if flaw == "twice":
            windows["12months"] = with_namesake(windows["12months"])
        for window in NOT_SWITCHED.get(flaw, ()):
            windows[window] = windows["12months"]
        for window in EMPTY.get(flaw, ()):
            windows[window] = []
        return windows


def document(
    scrape: Scrape, flaw: str, shape: str, windows: dict[str, list[WindowRow]]
) -> dict[str, object]:
    """Return the file's content as the first scraper wrote it (docs/contract.md section 1.2)."""
    song = scrape.song
    page = "playlists" if shape == "configured" else "stats"
    site = "https://artists.spotify.com/c/artist"
    content: dict[str, object] = {
        "url": f"{site}/{song.artist_id}/song/{scrape.track_id}/{page}",
        "scraped_at": scrape.scraped_at.isoformat(),
        "time_ranges": {
            window: {
                "stats": _stats(rows, flaw),
                "insights": {"stream_sources": [], "geographical_data": []},
            }
            for window, rows in windows.items()
        },
    }
    if shape == "configured":
        content["song_metadata"] = {
            "config_name": f"Song {scrape.place + 1} - {song.title}",
            "scrape_order": scrape.place + 1,
            "filename": scrape.file_name(shape),
        }
    return content


def _stats(rows: list[WindowRow], flaw: str) -> dict[str, object]:
    stats: dict[str, object] = {
        "title": LOGIN_TITLE if flaw == "login" else "Songs",
        "streams": 0,  # never read
        "listeners": 0,
        "playlists": [_row(rank, row, flaw) for rank, row in enumerate(rows, start=1)],
    }
    if rows:  # the scraper read the total of another table
        total = len(rows) * 7 + rows[0].streams % 300
        stats["playlist_stats"] = {"showing": str(len(rows)), "total": str(total)}
    return {**stats, "time_range": "All Time"}


def _row(rank: int, row: WindowRow, flaw: str) -> dict[str, str]:
    placement, added = row.placement, row.placement.added
    return {
        "rank": str(rank),
        "name": placement.playlist + (BADGE if placement.has_badge and flaw != "old badge" else ""),
        "made_by": placement.made_by,
        "streams": f"{row.streams:,}",
        "date_added": f"{added:%b} {added.day}, {added.year}" if added else "Not available",
    }
