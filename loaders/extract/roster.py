"""Read one roster result: bytes in, labels, found songs and rejected records out.

    roster/<name>.json ──► read_roster() ──► Roster ──► load

The shape of the file is section 1.3 of the contract: SFA URLs found for campaigns, by campaign
name and client label.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson

from loaders.extract.tables import Rejected
from loaders.extract.values import TOO_DEEP, as_json, as_text, read_json

KNOWN_KEYS = ("campaign", "client", "artist", "song", "sfa_url", "track_id")


@dataclass(slots=True)
class Roster:
    """What one file holds; rows are in the column order of their tables, after the origin."""

    clients: list[tuple[object, ...]] = field(default_factory=list)
    songs: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_roster(content: bytes) -> Roster:
    """The records of one roster result; never raises on bad content."""
    roster = Roster()
    try:
        reason = _read_file(roster, content)
    except TOO_DEEP:
        reason = "wrong_shape"
    if reason:
        raw = content.decode("utf-8", "surrogateescape")
        return Roster(rejected=[Rejected(reason, "file", raw)])
    return roster


def _read_file(roster: Roster, content: bytes) -> str | None:
    """Add the records of a file, or say why it has none."""
    try:
        document = read_json(content)
        scraped_at = as_text(document["scraped_at"])
        labels = document["clients"].items()
    except orjson.JSONDecodeError:
        return "invalid_json"
    except (KeyError, TypeError, AttributeError):
        return "wrong_shape"
    if b"\\u0000" in content:
        return "nul_character"
    for label, result in labels:
        _read_label(roster, scraped_at, label, result)
    return None


def _read_label(roster: Roster, scraped_at: str | None, label: str, result: object) -> None:
    try:
        counts = [result.get(name) for name in ("campaigns", "roster_songs_found", "matched_songs")]
        songs = result.get("songs") or []
        client = (scraped_at, label, *map(as_text, (result["status"], *counts)))
        is_whole = isinstance(songs, list)
    except (KeyError, TypeError, AttributeError):
        is_whole = False
    if not is_whole:
        raw = as_json({label: result})
        roster.rejected.append(Rejected("wrong_shape", f"client {label}", raw))
        return
    roster.clients.append(client)
    for position, song in enumerate(songs, start=1):
        try:
            known = [as_text(song.get(key)) for key in KNOWN_KEYS]
            extra = {key: value for key, value in song.items() if key not in KNOWN_KEYS}
            is_complete = song["campaign"].strip() and song["sfa_url"].strip()
        except (KeyError, TypeError, AttributeError):
            is_complete = False
        if is_complete:
            row = (scraped_at, label, position, *known)
            roster.songs.append((*row, as_json(extra) if extra else None))
        else:
            raw = as_json({label: song})
            roster.rejected.append(Rejected("song_without_url", f"song {position} of {label}", raw))
