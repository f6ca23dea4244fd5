"""The exports that had a campaign, how it was matched, and what they changed.

a campaign's number ──► ledger.campaign_appearances, campaign_changes ──► a section
"""

from loaders.text import plural
from playledger.web.details.detail_page import Fact, Section, Table
from playledger.web.formatting import as_words
from playledger.web.ledger_reader import Reader
from playledger.web.listing import Column

LIMIT = 100  # changes, the latest first
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
    limit %(limit)s
"""
COLUMNS = (
    Column("column_name", "Column", ""),
    Column("old_value", "Before", ""),
    Column("new_value", "After", ""),
    Column("file_name", "Export", ""),
    Column("loaded_at", "Loaded", "", "time"),
)


def history(reader: Reader, campaign: str) -> Section:
    """When a campaign was first and last in an export, and each value that changed since."""
    seen = reader.row(APPEARANCES, {"id": campaign})
    rows = reader.rows(CHANGES, {"id": campaign, "limit": LIMIT})
    facts, paragraphs = (), ()
    if seen is not None:
        is_new = seen.matched_by == "new"
        paragraphs = (f"Found in {plural(seen.times_seen, 'export')}.",)
        facts = (
            Fact("First export", seen.first_seen_in),
            Fact("First loaded", seen.first_seen_at, "time"),
            Fact("Last export", seen.last_seen_in),
            Fact("Last loaded", seen.last_seen_at, "time"),
            Fact("Matched", "new campaign" if is_new else as_words(seen.matched_by)),
        )
    if rows and rows[0].changes > LIMIT:
        paragraphs += (f"The latest {LIMIT} of {plural(rows[0].changes, 'change')} are below.",)
    table = Table("Changes", COLUMNS, rows, "No export has changed it.")
    return Section("History", paragraphs, facts=facts, tables=(table,))
