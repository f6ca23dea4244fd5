"""The staging tables: their columns and the type of each.

Every cell of a source is text as it was; what the loader itself knows (row numbers, counts, times)
has a type. The CSV that carries a batch to PostgreSQL has no empty text, so an empty cell and a
column that the file lacks are both NULL; `files.columns` says which columns a file had.
"""

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

ROSTER_SONG = ("campaign", "client", "artist", "song", "sfa_url", "track_id")


def _text(*columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, "text")


# Every record names its file and the run that loaded it. An interrupted run leaves rows of a key
# that no finished load names: staging models never see them.
ORIGIN = _text("file_sha256", "run_key")
SCRAPE = _text("track_id", "scraped_at", "schema_version", "window_name")
LABEL = _text("scraped_at", "label")

BOTH = {
    "files": {
        **ORIGIN,
        **_text("file_name", "file_kind"),
        "file_bytes": "bigint",
        **_text("encoding", "delimiter", "columns"),
        "record_count": "bigint",
        "rejected_count": "bigint",
        **_text("newest_change", "last_modified_order", "coverage"),
        "is_older": "bool",
        "loaded_at": "timestamp",
    },
    "rejected_records": {**ORIGIN, "source_row": "bigint", **_text("place", "reason", "raw_text")},
}

STAGING = {
    "staging_airtable": {
        **BOTH,
        "campaigns": {**ORIGIN, "source_row": "bigint", **_text(*EXPORT_COLUMNS, "extra")},
        # What a person said about an export, new or loaded before: the newest row of a file holds.
        "date_orders": {
            **ORIGIN,
            **_text("date_order", "newest_change"),
            "decided_at": "timestamp",
        },
    },
    "staging_spotify": {
        **BOTH,
        "scraped_windows": {
            **ORIGIN,
            **_text("url"),
            **SCRAPE,
            **_text("title", "streams", "listeners", "playlists_shown", "playlists_total"),
            "playlist_count": "bigint",
            **_text("extra"),
        },
        "scraped_playlists": {
            **ORIGIN,
            **SCRAPE,
            "position": "bigint",
            **_text("rank", "name", "made_by", "streams", "date_added", "is_personalized"),
        },
        "roster_clients": {
            **ORIGIN,
            **LABEL,
            **_text("status", "campaigns", "roster_songs_found", "matched_songs"),
        },
        "roster_songs": {**ORIGIN, **LABEL, "position": "bigint", **_text(*ROSTER_SONG, "extra")},
        "roster_candidates": {
            **ORIGIN,
            **LABEL,
            "position": "bigint",
            **_text(*ROSTER_SONG, "score", "extra"),
        },
    },
}
