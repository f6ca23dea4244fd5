"""The staging tables: their columns and the type of each.

Every cell of a source is text as it was; what the loader itself knows (row numbers, counts, times)
has a type. The CSV that carries a batch to PostgreSQL has no empty text, so an empty cell and a
column that the file lacks are both NULL; `files.columns` says which columns a file had.
"""

from __future__ import annotations

BATCH_ROWS = 5_000  # rows that are read and handed on at a time

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

# Every record names its file and the run that loaded it. An interrupted run leaves rows of a key
# that no finished load names: staging models never see them.
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
