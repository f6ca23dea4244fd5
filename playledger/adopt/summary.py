"""What was read of the legacy tables, in words.

LegacyTable, LegacyExport, Contact ... ──► describe_table(), unknown_addresses() ──► sentences
"""

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.text import plural
from playledger.adopt.legacy_campaigns import LegacyExport
from playledger.adopt.legacy_contacts import Contact
from playledger.adopt.legacy_tables import CAMPAIGNS, CLIENTS, VENDORS, LegacyTable

ADOPTED_COLUMNS = {
    CLIENTS: {"id", "name", "emails", "email", "phone", "contact_person", "created_at"},
    VENDORS: {"id", "name", "emails", "email", "contact_person", "created_at"},
}
EXAMPLES = 5


def describe_table(
    conn: connection, name: str, table: LegacyTable | None, export: LegacyExport
) -> str:
    """One line on one table: what is adopted of it, and what is not."""
    if table is None:
        return f"  {name}: does not exist"
    with conn.cursor() as cur:
        cur.execute(sql.SQL("select count(*) from {}").format(table.identifier))
        (count,) = cur.fetchone()
    if not count:
        return f"  {name}: empty"
    if name == CAMPAIGNS:
        return f"  {name}: {_describe_campaigns(table, export)}"
    if name not in ADOPTED_COLUMNS:
        return f"  {name}: {plural(count, 'row')}, not adopted: exports and scrapes bring them"
    if "name" not in table.columns:
        return f"  {name}: {plural(count, 'row')} without a column `name`, not adopted"
    other = [column for column in table.columns if column not in ADOPTED_COLUMNS[name]]
    more = f"; columns not adopted: {', '.join(other)}" if other else ""
    return f"  {name}: {plural(count, 'row')}{more}"


def _describe_campaigns(table: LegacyTable, export: LegacyExport) -> str:
    adopted = [legacy_id for legacy_id in export.ids.values() if legacy_id is not None]
    new = len(export.ids) - len(adopted)
    rows = plural(len(export.ids) + len(export.nameless), "row")
    parts = [f"{rows}, {plural(export.sfa_urls, 'SFA URL')}"]
    if adopted:
        parts.append(f"{len(adopted):,} keep their id ({min(adopted)} to {max(adopted)})")
    if new:
        kind = table.columns["id"].type if "id" in table.columns else None
        reason = "are empty, repeated, or not whole numbers" if kind else "do not exist"
        is_uuid = "are uuids, and a campaign's id is a whole number"
        parts.append(f"{new:,} get new ids: theirs {is_uuid if kind == 'uuid' else reason}")
    if export.nameless:
        examples = ", ".join(export.nameless[:EXAMPLES])
        more = " ..." if len(export.nameless) > EXAMPLES else ""
        parts.append(f"{len(export.nameless):,} without a name, rejected (id {examples}{more})")
    if export.missing:
        parts.append(f"without {', '.join(export.missing)}")
    if export.unknown:
        parts.append(f"kept as unknown columns: {', '.join(export.unknown)}")
    return "; ".join(parts)


def unknown_addresses(clients: list[Contact], export: LegacyExport) -> list[str]:
    """A sentence on the addresses of legacy clients that no campaign has, if there are any."""
    unknown = [
        f"{address} of “{contact.name}”"
        for contact in clients
        for address in contact.emails
        if address not in export.emails and export.of_clients[contact.id]
    ]
    if not unknown:
        return []
    more = " ..." if len(unknown) > EXAMPLES else ""
    return [
        "A client's addresses come from its campaigns. In none of them, and not adopted: "
        f"{', '.join(unknown[:EXAMPLES])}{more} ({len(unknown):,} in all)."
    ]
