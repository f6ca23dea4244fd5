"""Put what is adopted into the candidate before it is built.

    Adoption ──► prepare() ──► the candidate's clients, vendors and campaign_sightings

The build then meets them as it meets what the ledger knows: a name keeps its id, a row of a file
has its campaign, and new ids go on above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import Exit, UserError

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

    from playledger.adopt.legacy_contacts import Person
    from playledger.publish.candidate import Candidate

MODELS = ("+campaign_sightings", "+clients", "+vendors")
CLIENTS = """
    insert into {} as known
        (client_id, name, name_key, emails, phone, contact_person, created_at, updated_at)
    values (%s, %s, %s, %s::text[], %s, %s, now(), now())
    on conflict (name_key) do update set
        phone = coalesce(known.phone, excluded.phone),
        contact_person = coalesce(known.contact_person, excluded.contact_person)
"""
VENDORS = """
    insert into {} as known
        (vendor_id, name, name_key, email, contact_person, created_at, updated_at)
    values (%s, %s, %s, %s, %s, now(), now())
    on conflict (name_key) do update set
        contact_person = coalesce(known.contact_person, excluded.contact_person)
"""
SIGHTINGS = """
    insert into {sightings}
    (
        file_sha256, source_row, campaign_id, matched_by, has_rival, name_key, start_date,
        vendor_key, goal, url_key, client_key, sale_price, row_hash, created_at, updated_at
    )
    select
        keys.file_sha256, keys.source_row, given.campaign_id, given.matched_by, false,
        keys.name_key, keys.start_date, keys.vendor_key, keys.goal, keys.url_key,
        keys.client_key, keys.sale_price, keys.row_hash, now(), now()
    from {keys} as keys
    inner join unnest(%s::bigint[], %s::bigint[], %s::text[])
        as given (source_row, campaign_id, matched_by) using (source_row)
    where keys.file_sha256 = %s
"""


@dataclass(slots=True)
class Adoption:
    """What is adopted: clients and vendors, and the campaigns of the file with this SHA-256.

    `ids` holds the old id of each named row of the file, or None for one that gets a new id, above
    `highest`.
    """

    clients: list[Person] = field(default_factory=list)
    vendors: list[Person] = field(default_factory=list)
    sha256: str | None = None
    ids: dict[int, int | None] = field(default_factory=dict)
    highest: int = 0


def prepare(candidate: Candidate, adoption: Adoption) -> None:
    """Make the tables and fill them; UserError when that fails."""
    made = candidate.make_tables(*MODELS)
    if not made.is_good:
        raise UserError(
            "The tables could not be made:\n  " + "\n  ".join(made.failures) + "\nNothing was "
            "changed.",
            Exit.INTEGRITY,
        )
    with candidate.database.connect() as conn, conn.cursor() as cur:
        for person in adoption.clients:
            row = (person.id, _folded(person.name), person.key, person.emails)
            _put(cur, candidate, "clients", CLIENTS, *row, person.phone, person.contact_person)
        for person in adoption.vendors:
            row = (person.id, _folded(person.name), person.key, next(iter(person.emails), None))
            _put(cur, candidate, "vendors", VENDORS, *row, person.contact_person)
        if any(own is not None for own in adoption.ids.values()):
            _put_sightings(cur, candidate, adoption)


def _put(cur: cursor, candidate: Candidate, table: str, query: str, *row: object) -> None:
    cur.execute(sql.SQL(query).format(sql.Identifier(candidate.schema, table)), row)


def _put_sightings(cur: cursor, candidate: Candidate, adoption: Adoption) -> None:
    """Every row of the file: the matching takes up no file that has sightings already."""
    free = adoption.highest + 1
    campaigns, kinds = [], []
    for own in adoption.ids.values():
        campaigns.append(free if own is None else own)
        kinds.append("new" if own is None else "adopted")
        free += own is None
    query = sql.SQL(SIGHTINGS).format(
        sightings=sql.Identifier(candidate.schema, "campaign_sightings"),
        keys=sql.Identifier(f"{candidate.schema}_staging", "stg_airtable__match_keys"),
    )
    cur.execute(query, [list(adoption.ids), campaigns, kinds, adoption.sha256])


def _folded(name: str) -> str:
    return " ".join(name.split())
