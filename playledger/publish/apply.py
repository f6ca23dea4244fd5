"""Publish a plan: its rows into the live tables in one transaction, or none of them.

    Plan, new rows of staging ──► publish() ──► live tables, staging

Each row is written only where the live one is still what the plan saw; one that changed stops the
whole. Readers see the ledger as it was or as it is, and wait for nothing.
"""

import logging

from psycopg2 import IntegrityError, errors, sql
from psycopg2.extensions import connection, cursor

from loaders.files.staging_schema import STAGING
from loaders.staging import held_files
from playledger.publish.candidate import NEW
from playledger.publish.catalog import column_list, read_columns
from playledger.publish.name_pairs import PUBLISH_PAIRS
from playledger.publish.plan import Plan
from playledger.publish.plan_store import mark_plan, plan_tables
from playledger.publish.row_writes import StalePlanError, write_changes
from playledger.publish.verify import record_trigger_effects

logger = logging.getLogger(__name__)

LOCK_SECONDS = 2
LOCKED = (errors.LockNotAvailable, errors.DeadlockDetected)
# By keys, checks and triggers, also those that are not the ledger's own.
REFUSED = (IntegrityError, errors.RaiseException)


def publish(conn: connection, plan: Plan) -> int:
    """Write the rows of a stored plan, and the candidate's new rows of staging. Commits.

    Returns how many rows got other values than planned, by triggers that are not the ledger's.
    Raises StalePlanError when files or rows are not what the plan saw; then nothing is written.
    """
    try:
        with conn, conn.cursor() as cur:
            cur.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
            _require_same_files(conn, plan)
            _publish_staging(conn, cur, plan)
            mark_plan(cur, plan.schema, plan.run_id, "published_at")
            stored = plan_tables(plan.schema)["rows"]
            write_changes(cur, stored, plan.run_id, plan.columns, plan.changes)
            return record_trigger_effects(cur, plan)
    except REFUSED as error:
        raise StalePlanError(str(error).strip()) from None


def _require_same_files(conn: connection, plan: Plan) -> None:
    present = held_files(conn)
    if present != set(plan.known):
        logger.info("plan %s is stale: staging holds other files", plan.run_id)
        raise StalePlanError(
            f"Files were loaded or undone since the plan was made: staging held {len(plan.known)} "
            f"then and holds {len(present)} now."
        )


def _publish_staging(conn: connection, cur: cursor, plan: Plan) -> None:
    """The candidate's new rows into live staging, as dlt has marked them, in one round trip."""
    if not (plan.files or plan.told):
        return
    new = {NEW + dataset: dataset for dataset in STAGING}
    columns = read_columns(conn, *new, *STAGING)
    statements = [
        sql.SQL(INSERT_VERSION if table == "_dlt_version" else INSERT).format(
            live=sql.Identifier(new[schema], table),
            new=sql.Identifier(schema, table),
            columns=column_list(names),
        )
        for (schema, table), names in columns.items()
        if schema in new and (new[schema], table) in columns
    ]
    cur.execute(sql.SQL("; ").join([*statements, sql.SQL(PUBLISH_PAIRS)]))


INSERT = "insert into {live} ({columns}) select {columns} from {new} on conflict do nothing"
INSERT_VERSION = """
    insert into {live} ({columns}) select {columns} from {new} as candidate where not exists
    (select 1 from {live} as live where live.version_hash = candidate.version_hash)
"""
