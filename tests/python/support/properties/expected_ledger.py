"""What the ledger should hold: a book kept in Python, cell by cell, from the files alone.

    Export + the id of each row ──► Book.enter() ──► {campaign_id: {column: value}}

Which row is which campaign, the book takes from the ledger's sightings. What follows from that it
works out itself: a cell that is readable and not empty takes the place of what was known, and
nothing else does; a known SFA URL stays.
"""

from __future__ import annotations

from tests.python.support.properties.cells import (
    BOXES,
    FREE,
    UNKNOWN_HEADERS,
    WHOLE_NUMBERS,
    meaning,
)
from tests.python.support.properties.sheets import Export

Record = dict[str, object]

STAYS = ("sfa_url", "sfa_track_id")
COLUMNS = (
    "name", "artist", "song", "clients", "first_client", "vendor", "order", "track_id", "sfa_url",
    "sfa_track_id", "url", "url_kind", "status", "invoice", "curator_status", "salesperson",
    "salespeople", "client_emails", "vendor_email", *FREE.values(), "extra",
    *WHOLE_NUMBERS.values(), "sale_price", *BOXES.values(), "is_sfa_received", "start_date",
    "last_modified_at", "is_in_latest_export", "source_row",
)  # fmt: skip


def differences(found: dict[int, Record], expected: dict[int, Record]) -> list[str]:
    """Where two sets of campaigns are not the same, one line for each column of each."""
    lines = [f"campaign {number} is on one side only" for number in found.keys() ^ expected.keys()]
    for number in sorted(found.keys() & expected.keys()):
        here, there = found[number], expected[number]
        lines += [
            f"campaign {number}, {name}: {here[name]!r} instead of {there[name]!r}"
            for name in there
            if here[name] != there[name]
        ]
    return lines


class Book:
    """The expected campaigns after some exports."""

    def __init__(self) -> None:
        self._known: dict[int, Record] = {}
        self._latest: set[int] = set()

    @property
    def ids(self) -> set[int]:
        return set(self._known)

    def enter(self, export: Export, ids: dict[int, int]) -> None:
        """Enter one export: `ids` says for each of its rows which campaign it is."""
        self.enter_sfa_urls(export, ids)
        for number, row in export.campaigns.items():
            known = self._known.setdefault(ids[number], {})
            said: Record = {}
            extra = {}
            for header, cell in row.items():
                if header not in UNKNOWN_HEADERS:
                    said |= meaning(header, cell)
                elif cell.strip():
                    extra[header] = cell
            known |= {name: value for name, value in said.items() if name not in STAYS}
            known["source_row"] = number
            if extra:
                known["extra"] = {**known.get("extra", {}), **extra}
        if export.campaigns and not export.is_view:
            self._latest = set(ids.values())

    def enter_sfa_urls(self, export: Export, ids: dict[int, int]) -> None:
        """Enter what the SFA cells of an export link to."""
        for number, row in export.campaigns.items():
            said = meaning("SFA", row.get("SFA", ""))
            if "sfa_url" in said:
                self.type_sfa_url(ids[number], said["sfa_url"], said["sfa_track_id"])

    def type_sfa_url(self, campaign_id: int, sfa_url: object, track_id: object) -> None:
        """A campaign without an SFA URL gets one; another one is not taken."""
        known = self._known.setdefault(campaign_id, {})
        if "sfa_url" not in known:
            known |= {"sfa_url": sfa_url, "sfa_track_id": track_id}

    def without_sfa_url(self) -> list[int]:
        return sorted(at for at, known in self._known.items() if "sfa_url" not in known)

    def records(self) -> dict[int, Record]:
        """Every campaign, with the columns that follow from others."""
        return {number: self._record(number, known) for number, known in self._known.items()}

    def _record(self, number: int, known: Record) -> Record:
        kind, track = known.get("url_kind_and_track", ("none", None))
        artist, song = known["artist_and_song"]
        clients = known.get("clients", [])
        first, day = next(iter(clients), None), known.get("start_date")
        derived = {
            "artist": artist,
            "song": song,
            "url_kind": kind,
            "track_id": track,
            "clients": clients,
            "first_client": first,
            "order": [first, day.isoformat()] if first and day else None,
            "is_in_latest_export": number in self._latest,
        }
        return {column: (known | derived).get(column) for column in COLUMNS}
