"""Insert what is adopted into the candidate before it is built.

    Adoption ──► seed_candidate() ──► the candidate's clients, vendors and campaign_sightings

The build then treats them as rows that the ledger had: a name keeps its id, a row of a file has its
campaign, and new ids follow above.
"""

from dataclasses import dataclass, field

from psycopg2 import sql
from psycopg2.extensions import cursor

from loaders.errors import Exit, UserError
from playledger.adopt.legacy_contacts import Contact
from playledger.publish.candidate import Candidate

MODELS = ("+campaign_sightings", "+clients", "+vendors")
CLIENTS = """
    insert into {} as clients
        (client_id, name, name_key, emails, phone, contact_person, created_at, updated_at)
    values (%s, %s, %s, %s::text[], %s, %s, now(), now())
    on conflict (name_key) do update set
        phone = coalesce(clients.phone, excluded.phone),
        contact_person = coalesce(clients.contact_person, excluded.contact_person)
"""
VENDORS = """
    insert into {} as vendors
        (vendor_id, name, name_key, email, contact_person, created_at, updated_at)
    values (%s, %s, %s, %s, %s, now(), now())
    on conflict (name_key) do update set
        contact_person = coalesce(vendors.contact_person, excluded.contact_person)
"""
SIGHTINGS = """
    insert into {sightings}
    (
        file_sha256, source_row, campaign_id, matched_by, has_rival, name_key, start_date,
        vendor_key, goal, url_key, client_key, sale_price, row_hash, created_at, updated_at
    )
    select
        keys.file_sha256, keys.source_row, adopted.campaign_id, adopted.matched_by, false,
        keys.name_key, keys.start_date, keys.vendor_key, keys.goal, keys.url_key,
        keys.client_key, keys.sale_price, keys.row_hash, now(), now()
    from {keys} as keys
    inner join unnest(%s::bigint[], %s::bigint[], %s::text[])
        as adopted (source_row, campaign_id, matched_by) using (source_row)
    where keys.file_sha256 = %s
"""


@dataclass(slots=True)
class Adoption:
    """What is adopted: clients and vendors, and the campaigns of the file with this SHA-256.

    `ids` has the legacy id of each named row of the file, or None for one that gets a new id, above
    `highest`.
    """

    clients: list[Contact] = field(default_factory=list)
    vendors: list[Contact] = field(default_factory=list)
    sha256: str | None = None
    ids: dict[int, int | None] = field(default_factory=dict)
    highest: int = 0


def seed_candidate(candidate: Candidate, adoption: Adoption) -> None:
    """Create the candidate's tables and insert the adoption. Raises UserError when dbt fails."""
    result = candidate.create_tables(*MODELS)
    if not result.is_good:
        raise UserError(
            "The candidate's tables could not be created:\n  "
            + "\n  ".join(result.failures)
            + "\nNothing was changed.",
            Exit.INTEGRITY,
        )
    with candidate.database.connect() as conn, conn.cursor() as cur:
        for client in adoption.clients:
            row = (client.id, _one_line(client.name), client.key, client.emails)
            contact = (client.phone, client.contact_person)
            _insert(cur, candidate, "clients", CLIENTS, *row, *contact)
        for vendor in adoption.vendors:
            row = (vendor.id, _one_line(vendor.name), vendor.key, next(iter(vendor.emails), None))
            _insert(cur, candidate, "vendors", VENDORS, *row, vendor.contact_person)
        if any(legacy_id is not None for legacy_id in adoption.ids.values()):
            _insert_sightings(cur, candidate, adoption)


def _insert(cur: cursor, candidate: Candidate, table: str, query: str, *row: object) -> None:
    cur.execute(sql.SQL(query).format(sql.Identifier(candidate.schema, table)), row)


def _insert_sightings(cur: cursor, candidate: Candidate, adoption: Adoption) -> None:
    """A sighting for every row of the file: a file that has some already is not matched again."""
    next_id = adoption.highest + 1
    campaigns, kinds = [], []
    for legacy_id in adoption.ids.values():
        campaigns.append(next_id if legacy_id is None else legacy_id)
        kinds.append("new" if legacy_id is None else "adopted")
        next_id += legacy_id is None
    query = sql.SQL(SIGHTINGS).format(
        sightings=sql.Identifier(candidate.schema, "campaign_sightings"),
        keys=sql.Identifier(f"{candidate.schema}_staging", "stg_airtable__match_keys"),
    )
    cur.execute(query, [list(adoption.ids), campaigns, kinds, adoption.sha256])


def _one_line(name: str) -> str:
    return " ".join(name.split())
