"""Read one roster result: bytes in, labels, found songs, candidates and rejected records out.

    roster/<name>.json ──► read_roster() ──► Roster ──► load

The file is described in docs/contract.md, 1.3: SFA URLs found for campaigns, by campaign name and
client label. Candidates are pages that may be a campaign's; a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson

from loaders.files.json_values import SCHEMA_VERSION, TOO_DEEP, as_json, as_text, read_json
from loaders.files.rejected_record import RejectedRecord

KNOWN_KEYS = ("campaign", "client", "artist", "song", "sfa_url", "track_id")


@dataclass(slots=True)
class Roster:
    """What one file holds, as rows of staging tables without their origin."""

    clients: list[tuple[object, ...]] = field(default_factory=list)
    songs: list[tuple[object, ...]] = field(default_factory=list)
    candidates: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[RejectedRecord] = field(default_factory=list)


def read_roster(content: bytes) -> Roster:
    """The records of one roster result; bad content never raises."""
    roster = Roster()
    try:
        reason = _read_file(roster, content)
    except TOO_DEEP:
        reason = "wrong_shape"
    if reason:
        raw = content.decode("utf-8", "surrogateescape")
        return Roster(rejected=[RejectedRecord(reason, "file", raw)])
    return roster


def _read_file(roster: Roster, content: bytes) -> str | None:
    """Add the records of a file; the reason when the file is rejected."""
    try:
        document = read_json(content)
        if as_text(document.get("schema_version")) not in (None, SCHEMA_VERSION):
            return "unknown_schema_version"
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
        roster.rejected.append(RejectedRecord("wrong_shape", f"client {label}", raw))
        return
    roster.clients.append(client)
    origin = (scraped_at, label)
    for position, song in enumerate(songs, start=1):
        row = _read_song(song, KNOWN_KEYS)
        if row:
            roster.songs.append((*origin, position, *row))
        else:
            place, raw = f"song {position} of {label}", as_json({label: song})
            roster.rejected.append(RejectedRecord("song_without_url", place, raw))
    _read_candidates(roster, origin, result.get("candidates") or [])


def _read_candidates(roster: Roster, origin: tuple[str | None, str], candidates: object) -> None:
    label = origin[1]
    if not isinstance(candidates, list):
        raw = as_json({label: candidates})
        roster.rejected.append(RejectedRecord("wrong_shape", f"candidates of {label}", raw))
        return
    for position, candidate in enumerate(candidates, start=1):
        row = _read_song(candidate, (*KNOWN_KEYS, "score"))
        if row:
            roster.candidates.append((*origin, position, *row))
        else:
            place, raw = f"candidate {position} of {label}", as_json({label: candidate})
            roster.rejected.append(RejectedRecord("candidate_without_url", place, raw))


def _read_song(song: object, keys: tuple[str, ...]) -> tuple[str | None, ...] | None:
    """The values of these keys, then the others as JSON; None without a campaign or an SFA URL."""
    try:
        known = [as_text(song.get(key)) for key in keys]
        extra = {key: value for key, value in song.items() if key not in keys}
        is_complete = song["campaign"].strip() and song["sfa_url"].strip()
    except (KeyError, TypeError, AttributeError):
        return None
    return (*known, as_json(extra) if extra else None) if is_complete else None
