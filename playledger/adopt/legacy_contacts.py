"""The old clients and vendors: who keeps which id, phone and contact person.

    OldTable ──► read_people() ──► Person ... ──► settle() ──► one Person a name, and what to tell

Two names are the same when their keys are. Of those that are, the one with more campaigns keeps its
id, the oldest on a tie; what the others know fills its gaps.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg2 import sql

from loaders.name_pairs.refresh import KEYS

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from playledger.adopt.legacy_tables import OldTable

TYPED = ("phone", "contact_person")
ADDRESS = re.compile(r"[^\s,;:\"'<>(){}\[\]@]+@[^\s,;:\"'<>(){}\[\]@]+\.[^\s,;:\"'<>(){}\[\]@.]+")
READ = "select {columns} from {table} as old order by {age}"


@dataclass(slots=True)
class Person:
    """One old client or vendor; `id` as text, the addresses lower case, in their order."""

    id: str | None
    name: str
    phone: str | None
    contact_person: str | None
    emails: list[str]
    key: str | None = None


def read_people(conn: connection, table: OldTable) -> list[Person]:
    """Everybody in a table, the oldest first; nobody where it has no column `name`."""
    if "name" not in table.columns:
        return []
    emails = "emails" if "emails" in table.columns else "email"
    columns = [table.text(name) for name in ("id", "name", *TYPED, emails)]
    age = [
        sql.SQL("old.{} nulls last").format(sql.Identifier(name))
        for name in ("created_at", "id")
        if name in table.columns
    ]
    with conn.cursor() as cur:
        cur.execute(
            sql.SQL(READ).format(
                columns=sql.SQL(", ").join(columns),
                table=table.place,
                age=sql.SQL(", ").join([*age, sql.SQL("old.name::text")]),
            )
        )
        people = [
            Person(own_id, name or "", _filled(phone), _filled(contact), addresses(emails))
            for own_id, name, phone, contact, emails in cur
        ]
        cur.execute(KEYS, [[person.name for person in people]])
        for person, (key,) in zip(people, cur.fetchall(), strict=True):
            person.key = key
    return people


def addresses(cell: str | None) -> list[str]:
    """The e-mail addresses of a cell in its order, each once; what is none is left out."""
    return list(dict.fromkeys(found.lower() for found in ADDRESS.findall(cell or "")))


def settle(
    kind: str, people: Iterable[Person], campaigns: Counter[str]
) -> tuple[list[Person], list[str]]:
    """One person for each name, all with a uuid, and a sentence on each thing worth knowing.

    `kind` is `client` or `vendor`; `campaigns` counts those of each old id.
    """
    alike: dict[str, list[Person]] = defaultdict(list)
    nameless = 0
    for person in people:
        if person.key:
            alike[person.key].append(person)
        else:
            nameless += 1
    told = [f"Not adopted, for want of a name: {_so_many(nameless, kind)}."] if nameless else []
    kept = []
    for group in alike.values():
        first, *others = sorted(group, key=lambda person: -campaigns[person.id])
        kept.append(first)
        told += [_merge(kind, first, other, campaigns) for other in others]
    told += _give_ids(kind, kept)
    return kept, told


def _merge(kind: str, first: Person, other: Person, campaigns: Counter[str]) -> str:
    """Let another one of the same name fill gaps; says what became of it."""
    filled, left = [], []
    for column in TYPED:
        value = getattr(other, column)
        if value and not getattr(first, column):
            setattr(first, column, value)
            filled.append(f"{column} {value}")
        elif value and value != getattr(first, column):
            left.append(f"{column} {value}")
    first.emails += [each for each in other.emails if each not in first.emails]
    said = (
        f"Two {kind}s of one name: “{first.name}” (id {first.id}, {campaigns[first.id]:,} "
        f"campaigns) keeps its id; “{other.name}” (id {other.id}, {campaigns[other.id]:,}) is the "
        "same from now on"
    )
    said += f" and gives its {', '.join(filled)}" if filled else ""
    return said + (f"; not adopted: its {', '.join(left)}." if left else ".")


def _give_ids(kind: str, people: list[Person]) -> list[str]:
    """A uuid for everybody: the own one, else the one that the ledger makes from the name."""
    taken: set[str] = set()
    without = []
    for person in people:
        own = _uuid(person.id)
        if own is None or own in taken:
            without.append(person)
        else:
            person.id = own
            taken.add(own)
    examples = [f"“{person.name}” (id {person.id})" for person in without[:3]]
    for person in without:
        made = (_made(f"{word} {person.key}") for word in (kind, f"another {kind}"))
        person.id = next(each for each in made if each not in taken)
        taken.add(person.id)
    if not without:
        return []
    return [
        f"New ids for {_so_many(len(without), kind)}, whose own are no uuids: "
        f"{', '.join(examples)}{' ...' if len(without) > len(examples) else '.'}"
    ]


def _so_many(count: int, kind: str) -> str:
    return f"{count:,} {kind}{'' if count == 1 else 's'}"


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text or ""))
    except ValueError:
        return None


def _made(text: str) -> str:
    """As the macro `stable_ids` makes it."""
    return str(UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()))


def _filled(text: str | None) -> str | None:
    return text.strip() or None if text else None
