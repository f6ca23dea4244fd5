"""What one scraped file says, counted from its JSON without the loader's reader.

    scraped/*.json ──► read_scrape() ──► ScrapeFacts ──► Scrapes (of all files)

A file or window that is not as docs/contract.md, 1.2 has it counts as rejected and never raises.
"""

import re
from datetime import date, datetime
from pathlib import Path
from typing import TypedDict

from playledger.audit.scraped_documents import BAD_CONTENT, Window, read_document, read_window

SONG = re.compile(r"/song/([0-9A-Za-z]{22})(?:/|$)")
TIME = re.compile(r"20\d\d(-\d\d){2}T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?", re.A)


class WindowFacts(TypedDict):
    """A window that was accepted: its number of rows, the sum of their streams and of known dates,
    and its playlists by their places in the file's. `is_read` as `Window` has it.
    """

    name: str
    is_read: bool
    rows: int
    streams: int
    dated: int
    playlists: list[int]


class ScrapeFacts(TypedDict):
    """A scraped file: the keys of name and curator of its playlists, and its accepted windows.

    `track` is None for a file that was rejected.
    """

    track: str | None
    time: str
    rejected: int
    playlists: list[list[str]]
    windows: list[WindowFacts]


def read_scrape(path: Path) -> ScrapeFacts:
    """The facts of a file; bad content never raises."""
    document = read_document(path)
    try:
        track = SONG.search(document["url"])
        windows = document["time_ranges"].items()
        time = document["scraped_at"]
        is_song = bool(track and TIME.fullmatch(time) and datetime.fromisoformat(time))
    except BAD_CONTENT:
        is_song = False
    if not is_song:
        return ScrapeFacts(track=None, time="", rejected=0, playlists=[], windows=[])
    is_glued = document.get("schema_version") is None
    scraped_on = date.fromisoformat(time[:10])
    found = [(name, read_window(name, each, is_glued, scraped_on)) for name, each in windows]
    accepted = [(name, window) for name, window in found if window]
    places: dict[tuple[str, str], int] = {}
    for _, window in accepted:
        for playlist in window.best:
            places.setdefault(playlist, len(places))
    return ScrapeFacts(
        track=track[1],
        time=time,
        rejected=len(found) - len(accepted),
        playlists=[list(playlist) for playlist in places],
        windows=[_facts(name, window, places) for name, window in accepted],
    )


def _facts(name: str, window: Window, places: dict[tuple[str, str], int]) -> WindowFacts:
    return WindowFacts(
        name=name,
        is_read=window.is_read,
        rows=len(window.rows),
        streams=sum(streams or 0 for streams, _ in window.best.values()),
        dated=sum(is_dated for _, is_dated in window.best.values()),
        playlists=[places[playlist] for playlist in window.best],
    )
