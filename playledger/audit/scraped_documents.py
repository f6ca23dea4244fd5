"""Scraped files and roster results as the account reads them, without the loader's reader.

path ──► read_document() ──► read_window() ──► Window (playlists, their streams and dates)

A document or window that is not as docs/contract.md, 1.2 has it gives None and never raises.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson

from loaders.cell_rules import short_name, single_line, text_key, without_badge
from playledger.audit import scraped_values

WINDOWS = ("7day", "28day", "12months")
VERSIONS = {None, "1", 1}
OTHER_PAGES = {"Welcome back", "We couldn't find that page", "Something went wrong"}
NO_PLAYLISTS = "no playlists yet"
BAD_CONTENT = (KeyError, TypeError, AttributeError, ValueError, RecursionError)

Playlist = tuple[str, str]  # keys of its name and of its curator, empty when none is named


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of a window and whether they were read: some are there, or the file has none.

    `best` has the streams of each playlist (None: unread) and whether its date is known, of the
    row with the most streams.
    """

    rows: list[Playlist]
    is_read: bool
    best: dict[Playlist, tuple[int | None, bool]]


def parse(content: bytes) -> object:
    """The document of a file in UTF-8 or UTF-16, without a NUL; raises one of BAD_CONTENT."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16").encode()
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\\u0000" in content:
        raise ValueError("a NUL")
    document = orjson.loads(content)
    if orjson.dumps(document, option=orjson.OPT_INDENT_2) != content:
        json.loads(content, object_pairs_hook=_object, parse_int=str, parse_float=str)
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
    return document if is_known else None


def as_text(value: object) -> str | None:
    """A value of a document as text."""
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()


def read_window(name: str, window: object, is_glued: bool, scraped_on: date) -> Window | None:
    """What a window shows; None when it is another page or no window."""
    try:
        stats = window["stats"]
        if name not in WINDOWS or (stats["title"] in OTHER_PAGES and is_glued):
            return None
        shown = stats.get("playlist_stats") or {}
        if not isinstance(stats["playlists"], list) or not isinstance(shown, dict):
            return None
        rows, best = [], {}
        for position, row in enumerate(stats["playlists"]):
            playlist, order, is_dated = _row(row, is_glued, scraped_on)
            rows.append(playlist)
            best[playlist] = min(best.get(playlist, (order, position, is_dated)),
                                 (order, position, is_dated))  # fmt: skip
    except BAD_CONTENT:
        return None
    said = [*window.values(), *shown.values(), *(stats[key] for key in stats if key != "title")]
    is_said = any(isinstance(text, str) and _is_notice(text) for text in said)
    counted = {
        playlist: (None if order[0] else -order[1], is_dated)
        for playlist, (order, _, is_dated) in best.items()
    }
    is_complete = all(row[0] for row in rows)
    return Window(rows, bool(rows) or is_said or not is_glued, counted) if is_complete else None


def _row(row: dict, is_glued: bool, scraped_on: date) -> tuple[Playlist, tuple, bool]:
    """A playlist, the order in which its rows are preferred, and whether its date is known."""
    name = row["name"]
    cells = [as_text(row[key]) for key in ("made_by", "rank", "streams", "date_added")]
    if not isinstance(name, str):
        raise ValueError("no playlist")
    curator = scraped_values.curator(cells[0])
    if is_glued:
        name = without_badge(single_line(name), curator)
    # `1.234` is a group of thousands as text, and no number of streams as a number.
    is_fraction = isinstance(row["streams"], float) and not row["streams"].is_integer()
    rank = scraped_values.rank(cells[1])
    streams = None if is_fraction else scraped_values.streams(cells[2])
    order = (streams is None, -(streams or 0), rank is None, rank or 0)
    is_dated = scraped_values.date_added(cells[3], scraped_on) is not None
    return (text_key(short_name(name)), text_key(short_name(curator))), order, is_dated


def _is_notice(text: str) -> bool:
    return text.strip().lower().startswith(NO_PLAYLISTS)


def _object(pairs: list[tuple[str, object]]) -> dict:
    """An object of a document; ValueError for a key that is there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found
