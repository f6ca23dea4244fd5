"""Read one roster result: bytes in, labels, found songs, candidates and rejected records out.

    roster/<name>.json ──► read_roster() ──► JsonRecords ──► load

The file is described in docs/contract.md, 1.3: SFA URLs found for campaigns, by campaign name and
client label. Candidates are pages that may be a campaign's; a person decides.
"""

from loaders.files.json_records import (
    SCHEMA_VERSION,
    WRONG_SHAPE,
    JsonRecords,
    as_json,
    as_text,
    read_records,
)
from loaders.files.staging_schema import ROSTER_SONG

TABLES = ("roster_clients", "roster_songs", "roster_candidates")


def read_roster(content: bytes) -> JsonRecords:
    """The records of one roster result; bad content never raises."""
    return read_records(content, TABLES, _read_document)


def _read_document(roster: JsonRecords, document: object, content: bytes) -> str | None:
    """Add the records of a file; the reason when the file is rejected."""
    try:
        if as_text(document.get("schema_version")) not in (None, SCHEMA_VERSION):
            return "unknown_schema_version"
        scraped_at = as_text(document["scraped_at"])
        labels = document["clients"].items()
    except WRONG_SHAPE:
        return "wrong_shape"
    if b"\\u0000" in content:
        return "nul_character"
    for label, result in labels:
        _read_label(roster, scraped_at, label, result)
    return None


def _read_label(roster: JsonRecords, scraped_at: str | None, label: str, result: object) -> None:
    try:
        counts = [result.get(name) for name in ("campaigns", "roster_songs_found", "matched_songs")]
        songs = result.get("songs") or []
        client = (scraped_at, label, *map(as_text, (result["status"], *counts)))
        is_whole = isinstance(songs, list)
    except WRONG_SHAPE:
        is_whole = False
    if not is_whole:
        roster.reject("wrong_shape", f"client {label}", {label: result})
        return
    roster.rows["roster_clients"].append(client)
    _read_songs(roster, "song", scraped_at, label, songs)
    candidates = result.get("candidates") or []
    if isinstance(candidates, list):
        _read_songs(roster, "candidate", scraped_at, label, candidates)
    else:
        roster.reject("wrong_shape", f"candidates of {label}", {label: candidates})


def _read_songs(
    roster: JsonRecords, noun: str, scraped_at: str | None, label: str, songs: list[object]
) -> None:
    """Add the songs or the candidates of a label."""
    keys = ROSTER_SONG if noun == "song" else (*ROSTER_SONG, "score")
    for position, song in enumerate(songs, start=1):
        row = _read_song(song, keys)
        if row:
            roster.rows[f"roster_{noun}s"].append((scraped_at, label, position, *row))
        else:
            roster.reject(f"{noun}_without_url", f"{noun} {position} of {label}", {label: song})


def _read_song(song: object, keys: tuple[str, ...]) -> tuple[str | None, ...] | None:
    """The values of these keys, then the others as JSON; None without a campaign or an SFA URL."""
    try:
        known = [as_text(song.get(key)) for key in keys]
        extra = {key: value for key, value in song.items() if key not in keys}
        is_complete = song["campaign"].strip() and song["sfa_url"].strip()
    except WRONG_SHAPE:
        return None
    return (*known, as_json(extra) if extra else None) if is_complete else None
