"""What exports changed of a campaign, and how it was recognised in them.

a campaign's number ──► ledger.campaign_appearances, campaign_changes ──► a section
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playledger.web.details.detail_page import Fact, Section, Table
from playledger.web.formatting import plural, spoken
from playledger.web.listing import Column

if TYPE_CHECKING:
    from playledger.web.ledger_reader import Reader

NEWEST = 100
APPEARANCES = """
    select matched_by, times_seen, first_seen_in, first_seen_at, last_seen_in, last_seen_at
    from {ledger}.campaign_appearances
    where campaign_id = %(id)s::bigint
"""
CHANGES = """
    select
        loaded_at,
        replace(column_name, '_', ' ') as column_name,
        old_value,
        new_value,
        file_name,
        count(*) over () as changes
    from {ledger}.campaign_changes
    where campaign_id = %(id)s::bigint
    order by export_rank desc, column_name
    limit %(newest)s
"""
COLUMNS = (
    Column("column_name", "What", ""),
    Column("old_value", "Before", ""),
    Column("new_value", "Then", ""),
    Column("file_name", "Export", ""),
    Column("loaded_at", "Loaded", "", "time"),
)


def history(reader: Reader, held: str) -> Section:
    """When it was first and last in an export, and each value that changed since."""
    seen = reader.row(APPEARANCES, {"id": held})
    rows = reader.rows(CHANGES, {"id": held, "newest": NEWEST})
    facts, told = (), ()
    if seen is not None:
        told = (f"It was in {plural(seen.times_seen, 'export')}.",)
        facts = (
            Fact("First export", seen.first_seen_in),
            Fact("Loaded", seen.first_seen_at, "time"),
            Fact("Last export", seen.last_seen_in),
            Fact("Loaded then", seen.last_seen_at, "time"),
            Fact(
                "Recognised by",
                "it was new" if seen.matched_by == "new" else spoken(seen.matched_by),
            ),
        )
    if rows and rows[0].changes > NEWEST:
        told = (*told, f"The {NEWEST} newest of {plural(rows[0].changes, 'change')} are below.")
    table = Table("What changed", COLUMNS, rows, "No export has changed a value of it.")
    return Section("History", told, facts=facts, tables=(table,))
