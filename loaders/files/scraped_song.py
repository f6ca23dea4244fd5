"""Read one scraped file: bytes in, windows, playlist rows and rejected records out.

    scraped/<name>.json ──► read_scrape() ──► JsonRecords ──► load

The file is described in docs/contract.md, 1.2. Values stay as the page showed them. A file with a
schema version is this project's own: its scraper made sure that the page was the song's.
"""

import re

from loaders.files.json_records import (
    SCHEMA_VERSION,
    WRONG_SHAPE,
    JsonRecords,
    as_json,
    as_text,
    is_time,
    read_records,
)

TRACK_IN_URL = re.compile(r"/song/([0-9A-Za-z]{22})(?:/|$)")
WINDOWS = ("7day", "28day", "12months")
# Titles of other pages that the first scraper took for a song's: nothing in them is data.
NOT_A_SONG = {
    "Welcome back": "login_page",
    "We couldn't find that page": "not_found_page",
    "Something went wrong": "error_page",
}
NO_PLAYLISTS = "no playlists yet"  # the notice of a window without rows
KNOWN_KEYS = {"url", "scraped_at", "schema_version", "time_ranges"}
TABLES = ("scraped_windows", "scraped_playlists")


def read_scrape(content: bytes) -> JsonRecords:
    """The records of one scraped file; bad content never raises.

    A window is accepted whole or rejected whole: one playlist without a name is enough.
    """
    return read_records(content, TABLES, _read_document)


def _read_document(scrape: JsonRecords, document: object, content: bytes) -> str | None:
    """Add the records of a file; the reason when the file is rejected."""
    if b"\\u0000" in content:
        return "nul_character"
    try:
        version = as_text(document.get("schema_version"))
        if version not in (None, SCHEMA_VERSION):
            return "unknown_schema_version"
        url = document["url"]
        scraped_at = document["scraped_at"]
        windows = document["time_ranges"].items()
        track = TRACK_IN_URL.search(url)
    except WRONG_SHAPE:
        return "wrong_shape"
    if track is None:
        return "no_track_id"
    if not is_time(scraped_at):
        return "no_scrape_time"
    song = (track.group(1), scraped_at, version)
    extra = {key: value for key, value in document.items() if key not in KNOWN_KEYS}
    for name, window in windows:
        reason = _read_window(scrape, url, song, name, window, extra)
        if reason:
            scrape.reject(reason, f"window {name}", window)
    return None


def _read_window(
    scrape: JsonRecords,
    url: str,
    song: tuple[str, str, str | None],
    name: str,
    window: object,
    extra: dict[str, object],
) -> str | None:
    """Add one window; the reason when it is rejected."""
    if name not in WINDOWS:
        return "unknown_window"
    try:
        stats = window["stats"]
        other_page = NOT_A_SONG.get(stats["title"])
        if other_page and song[2] is None:
            return other_page
        rows = stats["playlists"]
        if not isinstance(rows, list):
            return "wrong_shape"
        playlists = [
            (
                *song,
                name,
                position,
                as_text(row["rank"]),
                row["name"],
                as_text(row["made_by"]),
                _as_count(row["streams"]),
                as_text(row["date_added"]),
                as_text(row.get("is_personalized")),
            )
            for position, row in enumerate(rows, start=1)
        ]
        if not all(isinstance(row["name"], str) and row["name"].strip() for row in rows):
            return "playlist_without_name"
        shown = stats.get("playlist_stats") or {}
        notice = _find_notice(window, shown, stats) if not rows else None
        summary = (
            url,
            *song,
            name,
            *map(as_text, (stats["title"], stats.get("streams"), stats.get("listeners"))),
            *map(as_text, (notice or shown.get("showing"), shown.get("total"))),
            len(playlists),
            _filled_as_json({**extra, "insights": window.get("insights")}),
        )
    except WRONG_SHAPE:
        return "wrong_shape"
    scrape.rows["scraped_windows"].append(summary)
    scrape.rows["scraped_playlists"] += playlists
    return None


def _as_count(value: object) -> str | None:
    """A number of streams as text; one with a fraction is no group of thousands, as `1.234` is."""
    text = as_text(value)
    return f"{text}e0" if isinstance(value, float) and not value.is_integer() else text


def _find_notice(window: dict, shown: dict, stats: dict) -> str | None:
    """The page's notice that a window has no playlists; a title may read like it."""
    values = (*window.values(), *shown.values(), *(stats[key] for key in stats if key != "title"))
    texts = (value.strip() for value in values if isinstance(value, str))
    return next((text for text in texts if text.lower().startswith(NO_PLAYLISTS)), None)


def _filled_as_json(values: dict[str, object]) -> str | None:
    """Values without a column of their own, as JSON; None when all are empty."""
    filled = {key: value for key, value in values.items() if _holds_something(value)}
    return as_json(filled) if filled else None


def _holds_something(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_something, value.values()))
    return bool(value)
