"""Read one scraped file: bytes in, windows, playlist rows and rejected records out.

    scraped/<name>.json ──► read_scrape() ──► Scrape ──► load

The shape of the file is section 1.2 of the contract. Values stay as the page showed them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import orjson

from loaders.extract.tables import Rejected

TRACK_IN_URL = re.compile(r"/song/([0-9A-Za-z]{22})(?:/|$)")
TIME = re.compile(r"20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d")
WINDOWS = ("7day", "28day", "12months")
# Titles of pages that were scraped in place of the song: nothing in them is data.
NOT_A_SONG = {
    "Welcome back": "login_page",
    "We couldn't find that page": "not_found_page",
    "Something went wrong": "error_page",
}
KNOWN_KEYS = {"url", "scraped_at", "schema_version", "time_ranges"}


@dataclass(slots=True)
class Scrape:
    """What one file holds; rows are in the column order of their staging tables, after the origin.

    A window is whole or rejected: none of its playlists are kept when one of them has no name.
    """

    windows: list[tuple[object, ...]] = field(default_factory=list)
    playlists: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_scrape(content: bytes) -> Scrape:
    """The records of one scraped file; never raises on bad content."""
    scrape = Scrape()
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError:
        return _reject_file(scrape, "invalid_json", content)
    if b"\\u0000" in content:
        return _reject_file(scrape, "nul_character", content)
    try:
        url = document["url"]
        scraped_at = document["scraped_at"]
        windows = list(document["time_ranges"].items())
        track = TRACK_IN_URL.search(url)
    except (KeyError, TypeError, AttributeError):
        return _reject_file(scrape, "wrong_shape", content)
    if track is None:
        return _reject_file(scrape, "no_track_id", content)
    if not isinstance(scraped_at, str) or not TIME.match(scraped_at):
        return _reject_file(scrape, "no_scrape_time", content)
    song = (track.group(1), scraped_at, _text(document.get("schema_version")))
    extra = {key: value for key, value in document.items() if key not in KNOWN_KEYS}
    for name, window in windows:
        reason = _read_window(scrape, url, song, name, window, extra)
        if reason:
            raw = orjson.dumps(window).decode()
            scrape.rejected.append(Rejected(reason, f"window {name}", raw))
    return scrape


def _read_window(
    scrape: Scrape,
    url: str,
    song: tuple[str, str, str | None],
    name: str,
    window: object,
    extra: dict[str, object],
) -> str | None:
    """Add one window, or say why it is none."""
    if name not in WINDOWS:
        return "unknown_window"
    try:
        stats = window["stats"]
        if stats["title"] in NOT_A_SONG:
            return NOT_A_SONG[stats["title"]]
        playlists = [
            (
                *song,
                name,
                position,
                _text(row["rank"]),
                row["name"],
                _text(row["made_by"]),
                _text(row["streams"]),
                _text(row["date_added"]),
            )
            for position, row in enumerate(stats["playlists"], start=1)
        ]
        if not all(isinstance(row["name"], str) and row["name"].strip() for row in stats["playlists"]):
            return "playlist_without_name"
        shown = stats.get("playlist_stats") or {}
        summary = (
            url,
            *song,
            name,
            _text(stats["title"]),
            _text(stats.get("streams")),
            _text(stats.get("listeners")),
            _text(shown.get("showing")),
            _text(shown.get("total")),
            len(playlists),
            _as_json({**extra, "insights": window.get("insights")}),
        )
    except (KeyError, TypeError, AttributeError):
        return "wrong_shape"
    scrape.windows.append(summary)
    scrape.playlists.extend(playlists)
    return None


def _reject_file(scrape: Scrape, reason: str, content: bytes) -> Scrape:
    raw = content.decode("utf-8", "surrogateescape")
    scrape.rejected.append(Rejected(reason, "file", raw))
    return scrape


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _as_json(values: dict[str, object]) -> str | None:
    """What has no column of its own, as JSON; None when there is nothing in it."""
    filled = {key: value for key, value in values.items() if _holds_something(value)}
    return orjson.dumps(filled).decode() if filled else None


def _holds_something(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_something, value.values()))
    return bool(value)
