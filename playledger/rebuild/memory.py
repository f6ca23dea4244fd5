"""What a ledger knows that its files do not say, or not without the order in which they came.

    live tables ──► copy_memory() ──► a new ledger is built on it ──► drop_unused()

- `campaign_sightings`, `date_orders`: which campaign a row is and how its dates are read was
  decided with what was known when its file came. Files that came one by one may be matched
  otherwise than the same files at once, and a decision stays: they are copied as they are.
- ids of clients and vendors, which survive another name, and what people typed about them;
- SFA URLs: the first that was found or typed stays.

All else is left to the build.
"""

from psycopg2 import sql
from psycopg2.extensions import connection

WHOLE = ("campaign_sightings", "date_orders")
# By table: the columns that are copied, which rows, and a column with a value that no build gives:
# a row that still has it is one that no file names.
PARTLY = {
    "clients": ("client_id, name_key, phone, contact_person, created_at", "true", "name", "''"),
    "vendors": ("vendor_id, name_key, contact_person, created_at", "true", "name", "''"),
    "songs": (
        "track_id, artist_id, sfa_url, sfa_source, created_at",
        "num_nonnulls(artist_id, sfa_url) > 0",
        "last_scraped_at",
        "'infinity'",
    ),
    "campaigns": (
        "campaign_id, sfa_url, sfa_source, created_at",
        "sfa_url is not null",
        "name",
        "''",
    ),
}
# What must not be empty; the build writes it in every row that a file names.
FILLED = {
    "clients": {"emails": "'{}'"},
    "campaigns": {"url_kind": "'none'", "is_in_latest_export": "false"},
}
COPY = """
    create table {own} (like {live} including all);
    insert into {own} select * from {live};
    analyze {own}
"""
COPY_PARTLY = """
    create table {own} (like {live} including all);
    insert into {own} ({columns}, {filled})
    select {columns}, {values} from {live} where {condition};
    analyze {own}
"""


def copy_memory(conn: connection, live: str, own: str) -> None:
    """Create these tables in the schema `own`, which exists, with what is remembered. Commits."""
    with conn.cursor() as cur:
        for table in WHOLE:
            cur.execute(_format(COPY, table, live, own))
        for table, (columns, condition, mark, value) in PARTLY.items():
            filled = {mark: value, **FILLED.get(table, {}), "updated_at": "created_at"}
            parts = {
                "columns": columns,
                "filled": ", ".join(filled),
                "values": ", ".join(filled.values()),
                "condition": condition,
            }
            cur.execute(_format(COPY_PARTLY, table, live, own, **parts))
    conn.commit()


def drop_unused(conn: connection, own: str) -> None:
    """Delete the rows that were remembered and that no file names any more. Commits."""
    with conn.cursor() as cur:
        for table in ("campaigns", "songs", "clients", "vendors"):
            _, _, mark, value = PARTLY[table]
            query = "delete from {own} where {mark} = {value}"
            cur.execute(_format(query, table, own, own, mark=mark, value=value))
    conn.commit()


def _format(query: str, table: str, live: str, own: str, **parts: str) -> sql.Composable:
    """A statement about a table on both sides; `parts` are SQL of this module."""
    tables = {"live": sql.Identifier(live, table), "own": sql.Identifier(own, table)}
    return sql.SQL(query).format(**tables, **{name: sql.SQL(text) for name, text in parts.items()})
