"""What the ledger should hold, computed in Python, cell by cell, from the files alone.

    Export, campaign ids of its rows ──► ExpectedLedger.add_export() ──► {id: {column: value}}

The campaign ids are taken from the ledger's sightings; all values are computed here. A cell that is
readable and not empty replaces the known value, nothing else does, and a known SFA URL stays
(docs/contract.md sections 3.4 and 3.5).
"""

from __future__ import annotations

from tests.python.support.properties.cells import (
    BOXES,
    FREE,
    UNKNOWN_HEADERS,
    WHOLE_NUMBERS,
    expected_values,
)
from tests.python.support.properties.sheets import Export

Record = dict[str, object]

KEPT = ("sfa_url", "sfa_track_id")
COLUMNS = (
    "name", "artist", "song", "clients", "first_client", "vendor", "order", "track_id", "sfa_url",
    "sfa_track_id", "url", "url_kind", "status", "invoice", "curator_status", "salesperson",
    "salespeople", "client_emails", "vendor_email", *FREE.values(), "extra",
    *WHOLE_NUMBERS.values(), "sale_price", *BOXES.values(), "is_sfa_received", "start_date",
    "last_modified_at", "is_in_latest_export", "source_row",
)  # fmt: skip


def differences(found: dict[int, Record], expected: dict[int, Record]) -> list[str]:
    """The differences between two sets of campaigns, one line for each campaign and column."""
    lines = [f"campaign {number} is on one side only" for number in found.keys() ^ expected.keys()]
    for number in sorted(found.keys() & expected.keys()):
        here, there = found[number], expected[number]
        lines += [
            f"campaign {number}, {name}: {here[name]!r} instead of {there[name]!r}"
            for name in there
            if here[name] != there[name]
        ]
    return lines


class ExpectedLedger:
    """The expected campaigns after some exports."""

    def __init__(self) -> None:
        self._known: dict[int, Record] = {}
        self._latest: set[int] = set()

    @property
    def ids(self) -> set[int]:
        return set(self._known)

    def add_export(self, export: Export, ids: dict[int, int]) -> None:
        """Add one export; `ids` has the campaign id of each of its rows."""
        self.add_sfa_urls(export, ids)
        for number, row in export.campaigns.items():
            known = self._known.setdefault(ids[number], {})
            values: Record = {}
            extra = {}
            for header, cell in row.items():
                if header not in UNKNOWN_HEADERS:
                    values |= expected_values(header, cell)
                elif cell.strip():
                    extra[header] = cell
            known |= {name: value for name, value in values.items() if name not in KEPT}
            known["source_row"] = number
            if extra:
                known["extra"] = {**known.get("extra", {}), **extra}
        if export.campaigns and not export.is_view:
            self._latest = set(ids.values())

    def add_sfa_urls(self, export: Export, ids: dict[int, int]) -> None:
        """Add the links in the SFA cells of an export."""
        for number, row in export.campaigns.items():
            values = expected_values("SFA", row.get("SFA", ""))
            if "sfa_url" in values:
                self.set_sfa_url(ids[number], values["sfa_url"], values["sfa_track_id"])

    def set_sfa_url(self, campaign_id: int, sfa_url: object, track_id: object) -> None:
        """Set the SFA URL of a campaign that has none; a known one stays."""
        known = self._known.setdefault(campaign_id, {})
        if "sfa_url" not in known:
            known |= {"sfa_url": sfa_url, "sfa_track_id": track_id}

    def campaigns_without_sfa_url(self) -> list[int]:
        return sorted(at for at, known in self._known.items() if "sfa_url" not in known)

    def records(self) -> dict[int, Record]:
        """Every campaign, derived columns included."""
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
