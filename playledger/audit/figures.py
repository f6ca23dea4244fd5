"""The agency's list of figures, and what it takes to compare two readings of one.

ledger's figures, files' figures ──► compare() ──► Figure ...
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from loaders.files.staging_schema import EXPORT_COLUMNS

Value = int | Decimal

STATUSES = ("complete", "active", "cancelled", "unreleased", "pending", "paused", "unknown")

# What a figure needs before a difference means anything: all files of a kind that were ever loaded;
# exports that can be read in one way only, by their quotes and their encoding; no scrape in two
# files, of which the ledger keeps the rows that it got first; and one SFA page per
# campaign: of several the ledger keeps the one that it knew first, which files do not tell.
EVERYTHING = frozenset({"export", "scrape", "roster", "quotes", "encoding", "pages", "scrapes"})
ROWS = frozenset({"quotes", "encoding"})
EXPORT = ROWS | {"export"}
SCRAPE = frozenset({"scrape"})
ALWAYS: frozenset[str] = frozenset()

# Characters of all cells of a column: another encoding or another column gives other numbers.
OTHER_TEXT = "text_of_others"
TEXTS = {f"text_{column}": header for column, header in EXPORT_COLUMNS.items()}
TEXTS[OTHER_TEXT] = "other columns"


class Entry(NamedTuple):
    """One line of the account: its group, its name, and what a check of it needs."""

    group: str
    name: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure by two readings; `files` is None where the files do not tell.

    `status` is `ok` or `differs` for a check, else `shown`, or `unread` where the column that the
    figure comes from has filled cells and not one of them could be read.
    """

    group: str
    name: str
    ledger: Value
    files: Value | None
    is_check: bool
    status: str


FIGURES = {
    "export_files": Entry("Files", "exports", ALWAYS),
    "export_rows": Entry("Files", "rows of exports", ROWS),
    "rows_unreadable": Entry("Files", "rows that are no campaign", ROWS),
    "cells": Entry("Files", "filled cells", ROWS),
    "scrape_files": Entry("Files", "scraped files", ALWAYS),
    "scrapes_rejected": Entry("Files", "scraped files rejected", ALWAYS),
    "windows": Entry("Files", "windows accepted", ALWAYS),
    "windows_rejected": Entry("Files", "windows rejected", ALWAYS),
    "playlist_rows": Entry("Files", "playlist rows in windows", ALWAYS),
    "roster_files": Entry("Files", "roster results", ALWAYS),
    "roster_songs": Entry("Files", "songs of roster results", ALWAYS),
    "roster_candidates": Entry("Files", "candidates of roster results", ALWAYS),
    **{name: Entry("Characters by column", words, ROWS) for name, words in TEXTS.items()},
    "campaigns": Entry("Campaigns", "campaigns", EXPORT),
    **{f"status_{name}": Entry("Campaigns", f"  {name}", EXPORT) for name in STATUSES},
    "status_none": Entry("Campaigns", "  without a status", EXPORT),
    "with_url": Entry("Campaigns", "with a URL", EXPORT),
    "with_track": Entry("Campaigns", "with a track link", EXPORT),
    "with_sfa_url": Entry("Campaigns", "with an SFA URL", EXPORT | {"roster"}),
    "typed_sfa_urls": Entry("Campaigns", "  of these typed into the ledger", ALWAYS),
    "with_streams": Entry("Campaigns", "with streams of either track", EVERYTHING),
    "with_playlist_data": Entry("Campaigns", "with playlist data", EVERYTHING),
    "active_without_playlist_data": Entry("Campaigns", "active without playlist data", EVERYTHING),
    "goal": Entry("Campaigns", "sum of goals (streams)", EXPORT),
    "remaining": Entry("Campaigns", "sum of remaining (streams)", EXPORT),
    "daily": Entry("Campaigns", "sum of daily (streams)", EXPORT),
    "weekly": Entry("Campaigns", "sum of weekly (streams)", EXPORT),
    "sale_price": Entry("Campaigns", "sum of prices (US dollars)", EXPORT),
    "paid_vendor_ticked": Entry("Campaigns", "ticked: vendor paid", EXPORT),
    "sfa_ticked": Entry("Campaigns", "ticked: SFA", EXPORT),
    "notify_vendor_ticked": Entry("Campaigns", "ticked: notify vendor", EXPORT),
    "ask_for_sfa_ticked": Entry("Campaigns", "ticked: ask for SFA", EXPORT),
    "update_client_ticked": Entry("Campaigns", "ticked: update client", EXPORT),
    "start_dates": Entry("Campaigns", "with a start date", EXPORT),
    "last_modified": Entry("Campaigns", "with a last-modified time", EXPORT),
    "clients": Entry("People", "clients", EXPORT),
    "client_labels": Entry("People", "client labels", EXPORT),
    "campaign_clients": Entry("People", "campaign clients", EXPORT),
    "without_client": Entry("People", "campaigns without a client", EXPORT),
    "clients_unused": Entry("People", "clients without a campaign", ALWAYS),
    "vendors": Entry("People", "vendors", EXPORT),
    "with_vendor": Entry("People", "campaigns with a vendor", EXPORT),
    "vendors_unused": Entry("People", "vendors without a campaign", ALWAYS),
    "salespeople": Entry("People", "salespeople", EXPORT),
    "tracks": Entry("Songs and playlists", "tracks of campaign links", EXPORT),
    "songs_scraped": Entry("Songs and playlists", "songs with an accepted scrape", SCRAPE),
    "playlists": Entry("Songs and playlists", "playlists", ALWAYS),
    "observed_playlists": Entry("Songs and playlists", "  seen in scrapes", SCRAPE),
    "claimed_playlists": Entry("Songs and playlists", "  claimed only", EXPORT | SCRAPE),
    "playlist_records": Entry("Songs and playlists", "playlists of campaigns", EVERYTHING),
    "stream_rows": Entry("Songs and playlists", "stream rows", SCRAPE),
    "streams": Entry("Songs and playlists", "  sum of their streams", SCRAPE | {"scrapes"}),
    "dated_rows": Entry("Songs and playlists", "  with a date", SCRAPE | {"scrapes"}),
}


def compare(
    ledger: Mapping[str, Value],
    files: Mapping[str, Value],
    exports_loaded: int,
    complete: frozenset[str] = EVERYTHING,
    unread: frozenset[str] = frozenset(),
) -> list[Figure]:
    """The figures that the ledger has, each a check where the files must say the same.

    `unread` are the figures of columns that nobody can read: that both readings found nothing in
    them proves nothing, and they pass no check. They fail one where the ledger has a value.
    With several exports the ledger also keeps what only earlier ones knew, so values of campaigns
    are shown without a verdict; rows, cells, windows and streams are checked all the same.
    """
    if exports_loaded != 1:
        complete -= {"export"}
    # A person knows pages that no file names; a review's stays when its line leaves the seed.
    reviewed = ledger.get("reviewed_sfa_urls", 0) > files.get("reviewed_sfa_urls", 0)
    if ledger.get("typed_sfa_urls") or reviewed:
        complete -= {"roster"}
    figures = []
    for name, entry in FIGURES.items():
        if name not in ledger:
            continue
        said = files.get(name)
        is_check = said is not None and entry.needs <= complete
        verdict = "ok" if ledger[name] == said else "differs"
        if name in unread and (verdict == "ok" or not is_check):
            is_check, verdict = False, "unread"
        status = verdict if is_check or verdict == "unread" else "shown"
        figures.append(Figure(entry.group, entry.name, ledger[name], said, is_check, status))
    return figures
