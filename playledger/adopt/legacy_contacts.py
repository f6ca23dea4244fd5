"""The legacy clients and vendors: who keeps which id, phone and contact person.

    LegacyTable ──► read_contacts() ──► Contact ... ──► merge_same_names() ──► one Contact a name

Two names are the same when their keys are (docs/contract.md, "Same text"). Of contacts with the
same name, the one with the most campaigns keeps its id, the oldest on a tie; what the others know
fills its gaps.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.cell_rules import text_key
from loaders.text import plural
from playledger.adopt.legacy_tables import LegacyTable

TYPED = ("phone", "contact_person")  # columns that people fill in
ADDRESS = re.compile(r"[^\s,;:\"'<>(){}\[\]@]+@[^\s,;:\"'<>(){}\[\]@]+\.[^\s,;:\"'<>(){}\[\]@.]+")
READ = "select {columns} from {table} as legacy order by {age}"
EXAMPLES = 3


@dataclass(slots=True)
class Contact:
    """A legacy client or vendor; `id` as text, the addresses in lower case and in order."""

    id: str | None
    name: str
    phone: str | None
    contact_person: str | None
    emails: list[str]
    key: str | None = None


def read_contacts(conn: connection, table: LegacyTable) -> list[Contact]:
    """Everybody in a table, the oldest first; nobody where it has no column `name`."""
    if "name" not in table.columns:
        return []
    emails = "emails" if "emails" in table.columns else "email"
    columns = [table.text(name) for name in ("id", "name", *TYPED, emails)]
    age = [
        sql.SQL("legacy.{} nulls last").format(sql.Identifier(name))
        for name in ("created_at", "id")
        if name in table.columns
    ]
    with conn.cursor() as cur:
        cur.execute(
            sql.SQL(READ).format(
                columns=sql.SQL(", ").join(columns),
                table=table.identifier,
                age=sql.SQL(", ").join([*age, sql.SQL("legacy.name::text")]),
            )
        )
        contacts = [
            Contact(
                *(legacy_id, name or ""),
                *((text or "").strip() or None for text in typed),
                find_addresses(emails),
            )
            for legacy_id, name, *typed, emails in cur
        ]
        for contact in contacts:
            contact.key = text_key(contact.name) or None
    return contacts


def find_addresses(cell: str | None) -> list[str]:
    """The e-mail addresses of a cell in order, each once, in lower case."""
    return list(dict.fromkeys(found.lower() for found in ADDRESS.findall(cell or "")))


def merge_same_names(
    kind: str, contacts: Iterable[Contact], campaigns: Counter[str]
) -> tuple[list[Contact], list[str]]:
    """One contact for each name, all with a uuid, and a sentence on everything worth knowing.

    `kind` is `client` or `vendor`; `campaigns` counts those of each legacy id.
    """
    by_key: dict[str | None, list[Contact]] = defaultdict(list)
    for contact in contacts:
        by_key[contact.key].append(contact)
    nameless = len(by_key.pop(None, ()))
    notes = [f"Not adopted, without a name: {plural(nameless, kind)}."] if nameless else []
    merged = []
    for group in by_key.values():
        first, *others = sorted(group, key=lambda contact: -campaigns[contact.id])
        merged.append(first)
        notes += [_merge(kind, first, other, campaigns) for other in others]
    notes += _assign_uuids(kind, merged)
    return merged, notes


def _merge(kind: str, first: Contact, other: Contact, campaigns: Counter[str]) -> str:
    """Let another contact of the same name fill gaps; a sentence on what became of it."""
    filled, dropped = [], []
    for column in TYPED:
        value = getattr(other, column)
        if value and not getattr(first, column):
            setattr(first, column, value)
            filled.append(f"{column} {value}")
        elif value and value != getattr(first, column):
            dropped.append(f"{column} {value}")
    first.emails += [each for each in other.emails if each not in first.emails]
    note = (
        f"Two {kind}s with the same name: “{first.name}” (id {first.id}, "
        f"{plural(campaigns[first.id], 'campaign')}) keeps its id; “{other.name}” (id {other.id}, "
        f"{campaigns[other.id]:,}) is merged into it"
    )
    note += f" and fills in {', '.join(filled)}" if filled else ""
    return note + (f"; not adopted: its {', '.join(dropped)}." if dropped else ".")


def _assign_uuids(kind: str, contacts: list[Contact]) -> list[str]:
    """Give everybody a uuid: the own one, else the one that the ledger derives from the name."""
    taken: set[str] = set()
    without = []
    for contact in contacts:
        own = _uuid(contact.id)
        if own is None or own in taken:
            without.append(contact)
        else:
            contact.id = own
            taken.add(own)
    examples = [f"“{contact.name}” (id {contact.id})" for contact in without[:EXAMPLES]]
    for contact in without:
        derived = (_uuid_of(f"{word} {contact.key}") for word in (kind, f"another {kind}"))
        contact.id = next(each for each in derived if each not in taken)
        taken.add(contact.id)
    if not without:
        return []
    return [
        f"New ids for {plural(len(without), kind)}, whose own are not uuids: "
        f"{', '.join(examples)}{' ...' if len(without) > len(examples) else '.'}"
    ]


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text or ""))
    except ValueError:
        return None


def _uuid_of(text: str) -> str:
    """As the macro `stable_ids` derives it."""
    return str(UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()))
