"""Read one roster result: bytes in, labels, found songs and rejected records out.

    roster/<name>.json ──► read_roster() ──► Roster ──► load

The shape of the file is section 1.3 of the contract: SFA URLs found for campaigns, by campaign
name and client label.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson

from loaders.extract.tables import Rejected

KNOWN_KEYS = ("campaign", "client", "artist", "song", "sfa_url", "track_id")


@dataclass(slots=True)
class Roster:
    """What one file holds; rows are in the column order of their staging tables, after the origin."""

    clients: list[tuple[object, ...]] = field(default_factory=list)
    songs: list[tuple[object, ...]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_roster(content: bytes) -> Roster:
    """The records of one roster result; never raises on bad content."""
    roster = Roster()
    try:
        document = orjson.loads(content)
        scraped_at = str(document["scraped_at"])
        labels = list(document["clients"].items())
        reason = "nul_character" if b"\\u0000" in content else None
    except orjson.JSONDecodeError:
        reason = "invalid_json"
    except (KeyError, TypeError, AttributeError):
        reason = "wrong_shape"
    if reason:
        raw = content.decode("utf-8", "surrogateescape")
        roster.rejected.append(Rejected(reason, "file", raw))
        return roster
    for label, result in labels:
        _read_label(roster, scraped_at, label, result)
    return roster


def _read_label(roster: Roster, scraped_at: str, label: str, result: object) -> None:
    try:
        counts = [result.get(name) for name in ("campaigns", "roster_songs_found", "matched_songs")]
        songs = list(enumerate(result.get("songs") or [], start=1))
        client = (scraped_at, label, result["status"], *map(_text, counts))
    except (KeyError, TypeError, AttributeError):
        raw = orjson.dumps({label: result}).decode()
        roster.rejected.append(Rejected("wrong_shape", f"client {label}", raw))
        return
    roster.clients.append(client)
    for position, song in songs:
        try:
            known = [_text(song.get(key)) for key in KNOWN_KEYS]
            extra = {key: value for key, value in song.items() if key not in KNOWN_KEYS}
            complete = song["campaign"].strip() and song["sfa_url"].strip()
        except (KeyError, TypeError, AttributeError):
            complete = False
        if complete:
            row = (scraped_at, label, position, *known)
            roster.songs.append((*row, orjson.dumps(extra).decode() if extra else None))
        else:
            raw = orjson.dumps({label: song}).decode()
            roster.rejected.append(Rejected("song_without_url", f"song {position} of {label}", raw))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
