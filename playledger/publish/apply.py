"""Publish a plan: its rows into the live tables in one transaction, or none of them.

    Plan, new rows of staging ──► publish() ──► live tables, staging

Each row is written only where the live one is still what the plan saw; one that moved stops it all.
Readers see the ledger as it was or as it is, and wait for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import IntegrityError, errors, sql

from loaders.files.staging_schema import STAGING
from loaders.staging import held_files
from playledger.publish.candidate import NEW
from playledger.publish.catalog import columns_within, names
from playledger.publish.name_pairs import TAKE_PAIRS
from playledger.publish.plan_store import mark_published, places
from playledger.publish.row_writes import MovedError, write
from playledger.publish.verify import note_triggers

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

    from playledger.publish.plan import Plan

LOCK_SECONDS = 2
LOCKED = (errors.LockNotAvailable, errors.DeadlockDetected)
# By keys, checks and triggers, those of others too.
REFUSED = (IntegrityError, errors.RaiseException)


def publish(conn: connection, plan: Plan) -> int:
    """Write the rows of a plan that is kept, and the candidate's new rows of staging; commit.

    Returns how many rows triggers of others made other than planned.
    Raises MovedError when files or rows are not what the plan saw; then nothing is written.
    """
    try:
        with conn, conn.cursor() as cur:
            cur.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
            _require_files(conn, plan)
            _take_staging(conn, cur, plan)
            mark_published(cur, plan.schema, plan.run_id)
            write(cur, places(plan.schema)["rows"], plan.run_id, plan.columns, plan.changes)
            return note_triggers(cur, plan)
    except REFUSED as error:
        raise MovedError(
            f"{str(error).strip()}\nNothing was written. Make a new plan: `playledger plan`."
        ) from None


def _require_files(conn: connection, plan: Plan) -> None:
    held = held_files(conn)
    if held != set(plan.known):
        raise MovedError(
            f"Files were loaded or undone since the plan was made: it saw {len(plan.known)}, there "
            f"are {len(held)}.\nNothing was written. Make a new plan: `playledger plan`."
        )


def _take_staging(conn: connection, cur: cursor, plan: Plan) -> None:
    """The candidate's new rows into live staging, as dlt has marked them, in one round trip."""
    if not plan.files:
        return
    columns = columns_within(conn, [*STAGING, *(NEW + dataset for dataset in STAGING)])
    statements = [
        sql.SQL(TAKE_VERSION if table == "_dlt_version" else TAKE).format(
            here=sql.Identifier(dataset, table),
            there=sql.Identifier(NEW + dataset, table),
            columns=names(columns[NEW + dataset][table]),
        )
        for dataset in STAGING
        for table in columns[NEW + dataset]
        if table in columns[dataset]
    ]
    cur.execute(sql.SQL("; ").join([*statements, sql.SQL(TAKE_PAIRS)]))


TAKE = "insert into {here} ({columns}) select {columns} from {there} on conflict do nothing"
TAKE_VERSION = """
    insert into {here} ({columns}) select {columns} from {there} as given where not exists
    (select 1 from {here} as known where known.version_hash = given.version_hash)
"""
