"""Insert what is adopted into the candidate before it is built.

    Adoption ──► seed_candidate() ──► the candidate's clients, vendors and campaign_sightings

The build then treats them as rows that the ledger had: a name keeps its id, a row of a file has its
campaign, and new ids follow above.
"""

from dataclasses import dataclass
from itertools import count

from psycopg2 import sql
from psycopg2.extensions import cursor

from loaders.cell_rules import single_line
from loaders.source_file import SourceFile
from playledger.adopt.legacy_campaigns import LegacyExport
from playledger.adopt.legacy_contacts import Contact
from playledger.publish.candidate import Candidate, require_good

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


@dataclass(frozen=True, slots=True)
class Adoption:
    """What is adopted: clients and vendors, and the campaigns of a file, None if there are none."""

    clients: list[Contact]
    vendors: list[Contact]
    file: SourceFile | None
    export: LegacyExport


def seed_candidate(candidate: Candidate, adoption: Adoption) -> None:
    """Create the candidate's tables and insert the adoption. Raises UserError when dbt fails."""
    result = candidate.create_tables(*MODELS)
    require_good(result, "The candidate's tables could not be created", "Nothing was changed.")
    clients = sql.SQL(CLIENTS).format(sql.Identifier(candidate.schema, "clients"))
    vendors = sql.SQL(VENDORS).format(sql.Identifier(candidate.schema, "vendors"))
    with candidate.database.connect() as conn, conn.cursor() as cur:
        for each in adoption.clients:
            row = (each.id, single_line(each.name), each.key, each.emails)
            cur.execute(clients, [*row, each.phone, each.contact_person])
        for each in adoption.vendors:
            row = (each.id, single_line(each.name), each.key, next(iter(each.emails), None))
            cur.execute(vendors, [*row, each.contact_person])
        if any(legacy_id is not None for legacy_id in adoption.export.ids.values()):
            _insert_sightings(cur, candidate.schema, adoption)


def _insert_sightings(cur: cursor, schema: str, adoption: Adoption) -> None:
    """A sighting for every row of the file: a file that has some already is not matched again."""
    ids, new_ids = adoption.export.ids, count(adoption.export.highest + 1)
    campaigns = [next(new_ids) if each is None else each for each in ids.values()]
    kinds = ["new" if each is None else "adopted" for each in ids.values()]
    query = sql.SQL(SIGHTINGS).format(
        sightings=sql.Identifier(schema, "campaign_sightings"),
        keys=sql.Identifier(f"{schema}_staging", "stg_airtable__match_keys"),
    )
    cur.execute(query, [list(ids), campaigns, kinds, adoption.file.sha256])
