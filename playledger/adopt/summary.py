"""What was read of the old tables, in words.

OldTable, OldCampaigns, Person ... ──► tell(), tell_people() ──► a sentence each
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.adopt.column_casts import known_columns
from playledger.adopt.legacy_campaigns import KEYS
from playledger.adopt.legacy_tables import CAMPAIGNS, CLIENTS, VENDORS

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from playledger.adopt.legacy_campaigns import OldCampaigns
    from playledger.adopt.legacy_contacts import Person
    from playledger.adopt.legacy_tables import OldTable

TAKEN = {
    CLIENTS: {"id", "name", "emails", "email", "phone", "contact_person", "created_at"},
    VENDORS: {"id", "name", "emails", "email", "contact_person", "created_at"},
}
SHOWN = 5


def tell(
    conn: connection,
    table: OldTable | None,
    name: str,
    is_filled: bool,
    old: OldCampaigns | None,
) -> str:
    """One line on one table: what is taken of it, and what is not."""
    if table is None:
        return f"  {name}: not there"
    if not is_filled:
        return f"  {name}: empty"
    if name == CAMPAIGNS:
        return f"  {name}: {_of_campaigns(table, old)}"
    with conn.cursor() as cur:
        cur.execute(sql.SQL("select count(*) from {}").format(table.place))
        count = cur.fetchone()[0]
    if name not in TAKEN:
        return f"  {name}: {count:,} rows, not adopted: exports and scrapes bring them"
    if "name" not in table.columns:
        return f"  {name}: {count:,} rows without a column `name`, not adopted"
    left = [column for column in table.columns if column not in TAKEN[name]]
    more = f"; not adopted: its columns {', '.join(left)}" if left else ""
    return f"  {name}: {count:,} rows{more}"


def _of_campaigns(table: OldTable, old: OldCampaigns) -> str:
    known = known_columns(list(table.columns))
    lacking = [name for name in EXPORT_COLUMNS if name not in known.values()]
    unknown = [name for name in table.columns if name not in known and name not in KEYS]
    new = len(old.ids) - len(old.kept)
    parts = [f"{len(old.ids) + len(old.nameless):,} rows, {old.sfa_urls:,} SFA URLs"]
    if old.kept:
        parts.append(f"{len(old.kept):,} ids stay ({min(old.kept)} to {max(old.kept)})")
    if new:
        kind = table.columns["id"].type if "id" in table.columns else None
        why = "are empty, repeat, or are no whole numbers" if kind else "are not there"
        is_uuid = "are uuids, and a campaign's id is a whole number"
        parts.append(f"{new:,} with new ids: theirs {is_uuid if kind == 'uuid' else why}")
    if old.nameless:
        some = ", ".join(old.nameless[:SHOWN])
        more = " ..." if len(old.nameless) > SHOWN else ""
        parts.append(f"{len(old.nameless):,} without a name, rejected (id {some}{more})")
    if lacking:
        parts.append(f"without {', '.join(lacking)}")
    if unknown:
        parts.append(f"kept as unknown columns: {', '.join(unknown)}")
    return "; ".join(parts)


def tell_people(clients: list[Person], old: OldCampaigns | None) -> list[str]:
    """A sentence on the addresses of old clients that no campaign has."""
    if not old:
        return []
    lost = [
        f"{each} of “{person.name}”"
        for person in clients
        for each in person.emails
        if each not in old.emails and old.of_clients[person.id]
    ]
    if not lost:
        return []
    more = " ..." if len(lost) > SHOWN else ""
    return [
        "A client's addresses come from its campaigns; in none of them, and not adopted: "
        f"{', '.join(lost[:SHOWN])}{more} ({len(lost):,} in all)."
    ]
