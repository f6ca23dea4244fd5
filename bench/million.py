"""A ledger of 1,000,000 campaigns: made-up rows, inserted straight into a built one.

    ledger of the sample, as a template ──► grow() ──► the same with more campaigns

dbt would take most of an hour; keys and indexes are those that it made. Ids follow from numbers, so
that ledgers of one size are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import sql
from psycopg2.extensions import connection

from bench.made_up import HELPERS, INSERTS, PEOPLE, PER_CAMPAIGN, SYLLABLES

INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index
    inner join pg_class on indrelid = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname = any(%s) and not exists (select from pg_constraint where conindid = indexrelid)
"""


def sizes(campaigns: int) -> dict[str, int]:
    """How many rows of each kind belong to so many campaigns, by their name in `INSERTS`."""
    return {"campaigns": campaigns} | {
        name: max(1, round(share * campaigns)) for name, share in PER_CAMPAIGN.items()
    }


def grow(conn: connection, schema: str, campaigns: int) -> Iterator[str]:
    """Insert made-up rows for so many campaigns; yields the name of each kind before its rows.

    The user must be a superuser: foreign keys are not checked meanwhile.
    """
    names = {
        "ledger": sql.Identifier(schema),
        "quality": sql.Identifier(f"{schema}_quality"),
    }
    values = {**sizes(campaigns), "people": list(PEOPLE), "sellers": len(PEOPLE)}
    with conn.cursor() as cur:
        cur.execute("set session_replication_role = replica")
        cur.execute(HELPERS.replace(" % ", " %% "), {"syllables": SYLLABLES})
        with _without_indexes(conn, [schema, f"{schema}_quality"]):
            for kind, query in INSERTS.items():
                yield kind
                cur.execute(sql.SQL(query.replace(" % ", " %% ")).format(**names), values)
            yield "indexes"
        conn.commit()
    conn.autocommit = True
    with conn.cursor() as cur:
        cur.execute("vacuum analyze")


@contextmanager
def _without_indexes(conn: connection, schemas: list[str]) -> Iterator[None]:
    """Drops the indexes that no key needs, and creates them when the rows are there: quicker."""
    with conn.cursor() as cur:
        cur.execute(INDEXES, [schemas])
        known = cur.fetchall()
        for name, _ in known:
            cur.execute(f"drop index {name}")
        yield
        cur.execute("set maintenance_work_mem = '512MB'")
        for _, definition in known:
            cur.execute(definition)
