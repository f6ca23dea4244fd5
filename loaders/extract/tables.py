"""The staging tables, and the Arrow pieces that the readers fill them with.

Every cell of a source is text as it was; what the loader itself knows (row numbers, counts, times)
has a type. The CSV that carries a piece to PostgreSQL has no empty text, so an empty cell and a
column that the file lacks are both NULL; `files.columns` says which columns a file had.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

PIECE_ROWS = 5_000

# Column of staging → its header in the export, in the order of the export.
EXPORT_COLUMNS = {
    "campaign": "Campaign",
    "client": "Client",
    "goal": "Goal",
    "salesperson": "Salesperson",
    "remaining": "Remaining",
    "daily": "Daily",
    "weekly": "Weekly",
    "url": "URL",
    "sale_price": "Sale price",
    "start_date": "Start Date",
    "status": "Status",
    "invoice": "Invoice",
    "vendor": "Vendor",
    "paid_vendor": "Paid Vendor?",
    "curator_status": "Curator Status",
    "playlists": "Playlists",
    "sfa": "SFA",
    "notify_vendor": "Notify Vendor?",
    "ask_for_sfa": "Ask For SFA",
    "update_client": "Update Client",
    "client_email": "Client Email",
    "vendor_email": "Vendor Email",
    "notes": "Notes",
    "last_modified": "Last Modified",
    "sp_vendor_updates": "SP Vendor Updates",
    "spotify_campaign": "Spotify Campaign (from SP Vendor Updates)",
}

# Every record names its file, and the run that loaded it: an interrupted run leaves rows of a key
# that no finished load knows, and staging models never see them.
ORIGIN = {"file_sha256": "text", "run_key": "text"}

FILES = {
    **ORIGIN,
    "file_name": "text",
    "file_kind": "text",
    "file_bytes": "bigint",
    "encoding": "text",
    "delimiter": "text",
    "columns": "text",
    "record_count": "bigint",
    "rejected_count": "bigint",
    "newest_change": "text",
    "coverage": "text",
    "is_older": "bool",
    "loaded_at": "timestamp",
}

REJECTED_RECORDS = {
    **ORIGIN,
    "source_row": "bigint",
    "place": "text",
    "reason": "text",
    "raw_text": "text",
}

STAGING = {
    "staging_airtable": {
        "files": FILES,
        "rejected_records": REJECTED_RECORDS,
        "campaigns": {
            **ORIGIN,
            "source_row": "bigint",
            **dict.fromkeys(EXPORT_COLUMNS, "text"),
            "extra": "text",
        },
    },
    "staging_spotify": {
        "files": FILES,
        "rejected_records": REJECTED_RECORDS,
        "scraped_windows": {
            **ORIGIN,
            "url": "text",
            "track_id": "text",
            "scraped_at": "text",
            "schema_version": "text",
            "window_name": "text",
            "title": "text",
            "streams": "text",
            "listeners": "text",
            "playlists_shown": "text",
            "playlists_total": "text",
            "playlist_count": "bigint",
            "extra": "text",
        },
        "scraped_playlists": {
            **ORIGIN,
            "track_id": "text",
            "scraped_at": "text",
            "schema_version": "text",
            "window_name": "text",
            "position": "bigint",
            "rank": "text",
            "name": "text",
            "made_by": "text",
            "streams": "text",
            "date_added": "text",
            "is_personalized": "text",
        },
        "roster_clients": {
            **ORIGIN,
            "scraped_at": "text",
            "label": "text",
            "status": "text",
            "campaigns": "text",
            "roster_songs_found": "text",
            "matched_songs": "text",
        },
        "roster_songs": {
            **ORIGIN,
            "scraped_at": "text",
            "label": "text",
            "position": "bigint",
            "campaign": "text",
            "client": "text",
            "artist": "text",
            "song": "text",
            "sfa_url": "text",
            "track_id": "text",
            "extra": "text",
        },
        "roster_candidates": {
            **ORIGIN,
            "scraped_at": "text",
            "label": "text",
            "position": "bigint",
            "campaign": "text",
            "client": "text",
            "artist": "text",
            "song": "text",
            "sfa_url": "text",
            "track_id": "text",
            "score": "text",
            "extra": "text",
        },
    },
}

ARROW_TYPES = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "bool": pa.bool_(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row, window or file that did not become data.

    `place` says where a person looks (`row 12`, `window 28day`, `file`); `source_row` counts as a
    spreadsheet does, the header being row 1.
    """

    reason: str
    place: str
    raw_text: str
    source_row: int | None = None

    def as_row(self) -> tuple[object, ...]:
        """The columns of `rejected_records` after the origin."""
        return (self.source_row, self.place, self.reason, storable(self.raw_text))


def storable(text: str) -> str:
    """Text that PostgreSQL takes: NUL and bytes of another encoding become `\\x00`, `\\x9d`."""
    escaped = text.replace("\x00", "\\x00")
    return "".join(
        f"\\x{ord(character) - 0xDC00:02x}" if "\udc80" <= character <= "\udcff" else character
        for character in escaped
    )


def schema_of(dataset: str, table: str) -> pa.Schema:
    """The Arrow schema of one staging table."""
    columns = STAGING[dataset][table]
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])


class Pieces:
    """Collects rows per table and hands them on as Arrow tables of bounded size."""

    def __init__(self, dataset: str) -> None:
        self._schemas = {table: schema_of(dataset, table) for table in STAGING[dataset]}
        self._rows: dict[str, list[Sequence[object]]] = {table: [] for table in self._schemas}

    def add(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Append rows, each with its values in the order of the table's columns."""
        self._rows[table].extend(rows)

    def take(self, at_least: int = PIECE_ROWS) -> Iterator[tuple[str, pa.Table]]:
        """The tables that hold that many rows or more, emptied here."""
        for table, rows in self._rows.items():
            if rows and len(rows) >= at_least:
                schema = self._schemas[table]
                columns = [
                    pa.array(values, field.type)
                    for values, field in zip(zip(*rows, strict=True), schema, strict=True)
                ]
                self._rows[table] = []
                yield table, pa.Table.from_arrays(columns, schema=schema)
