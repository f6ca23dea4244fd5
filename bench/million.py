"""A ledger of a size that nobody exports: made-up rows put straight into a built one's tables.

    ledger of the sample, as a template ──► grow() ──► the same with 1,000,000 campaigns

dbt is left out, since it would take most of an hour; keys and indexes are those that it made. Every
id follows from a number, so that the same size is the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import sql
from psycopg2.extensions import connection

from bench.made_up import HELPERS, PEOPLE, ROWS, SHARES, SYLLABLES

INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index
    inner join pg_class on indrelid = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname = any(%s) and not exists (select from pg_constraint where conindid = indexrelid)
"""


def sizes(campaigns: int) -> dict[str, int]:
    """How many rows there are to be of each kind, by its name in `ROWS`."""
    return {"campaigns": campaigns} | {
        name: max(1, round(share * campaigns)) for name, share in SHARES.items()
    }


def grow(conn: connection, schema: str, campaigns: int) -> Iterator[str]:
    """Add made-up rows for so many campaigns; gives the name of each kind before it is made.

    The user must be a superuser: keys are not looked at while the rows come, since none can miss.
    """
    names = {
        "ledger": sql.Identifier(schema),
        "quality": sql.Identifier(f"{schema}_quality"),
    }
    values = {**sizes(campaigns), "people": list(PEOPLE), "sellers": len(PEOPLE)}
    with conn.cursor() as cur:
        cur.execute("set session_replication_role = replica")
        cur.execute(HELPERS.replace(" % ", " %% "), {"syllables": SYLLABLES})
        with _indexes_afterwards(conn, [schema, f"{schema}_quality"]):
            for kind, query in ROWS.items():
                yield kind
                cur.execute(sql.SQL(query.replace(" % ", " %% ")).format(**names), values)
            yield "indexes"
        conn.commit()
    conn.autocommit = True
    with conn.cursor() as cur:
        cur.execute("vacuum analyze")


@contextmanager
def _indexes_afterwards(conn: connection, schemas: list[str]) -> Iterator[None]:
    """Indexes that no key needs are made when the rows are there: that is quicker."""
    with conn.cursor() as cur:
        cur.execute(INDEXES, [schemas])
        known = cur.fetchall()
        for name, _ in known:
            cur.execute(f"drop index {name}")
        yield
        cur.execute("set maintenance_work_mem = '512MB'")
        for _, definition in known:
            cur.execute(definition)
