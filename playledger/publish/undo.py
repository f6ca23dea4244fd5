"""Undo a published run: its plan backwards, row by row, each only where nobody changed it since.

    stored changes of a run ──► inverse() ──► undo() ──► live tables, staging without its files

Rows that were changed since are left as they are, and reported. The run's files leave staging, so
that the next build does not bring their values back; a load of the same file brings it in again.
"""

import logging
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from psycopg2 import errors, sql
from psycopg2.extensions import connection, cursor

from loaders.errors import UserError
from loaders.files.staging_schema import STAGING
from loaders.text import first_line
from playledger.publish.apply import LOCK_SECONDS, REFUSED
from playledger.publish.catalog import read_columns
from playledger.publish.diff import Action, Change
from playledger.publish.plan_store import (
    StoredPlan,
    mark_plan,
    plan_tables,
    published_runs,
    read_changes,
    store_changes,
)
from playledger.publish.row_writes import StalePlanError, write_changes, write_order

logger = logging.getLogger(__name__)

UNDO_ROWS = sql.Identifier("undo_rows")  # a temporary table
INVERSE: dict[Action, Action] = {"insert": "delete", "delete": "insert", "update": "update"}


class UndoResult(NamedTuple):
    """How many rows an undo restored, and those left as they are, each with the reason."""

    count: int
    left: list[tuple[Change, str]]


def inverse(change: Change) -> Change:
    """The change that takes another one back."""
    return replace(
        change,
        action=INVERSE[change.action],
        old=change.new,
        new=change.old,
        before=change.after,
        after=change.before,
    )


def choose_run(conn: connection, schema: str, run_id: str | None) -> StoredPlan:
    """The run to undo, the last one unless named. Raises UserError when it cannot be undone."""
    runs = published_runs(conn, schema)
    in_effect = [run for run in runs if run.undone_at is None]
    if run_id is None:
        if not in_effect:
            raise UserError("There is nothing to undo: no run was published here.")
        return in_effect[-1]
    chosen = next((run for run in runs if run.run_id == run_id), None)
    if chosen is None:
        raise UserError(f"No run {run_id} was published here. `playledger history` lists them.")
    if chosen.undone_at:
        raise UserError(f"{run_id} is undone already.")
    if in_effect[-1] is not chosen:
        later = in_effect[-1].run_id
        raise UserError(
            f"{later} was published after {run_id} and builds on it. Undo it first: "
            f"`playledger undo {later}`."
        )
    return chosen


def undo(conn: connection, schema: str, run: StoredPlan) -> UndoResult:
    """Undo a run in one transaction."""
    changes = [inverse(change) for change in read_changes(conn, schema, run.run_id)]
    with conn, conn.cursor() as cur:
        cur.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
        cur.execute("set constraints all immediate")  # to hear at once what is refused
        cur.execute(
            sql.SQL("create temporary table {} (like {}) on commit drop").format(
                UNDO_ROWS, plan_tables(schema)["rows"]
            )
        )
        left = _restore_rows(cur, run, changes)
        _remove_files(conn, cur, run)
        mark_plan(cur, schema, run.run_id, "undone_at")
    return UndoResult(len(changes) - len(left), left)


def _restore_rows(cur: cursor, run: StoredPlan, changes: list[Change]) -> list[tuple[Change, str]]:
    """All rows at once; where that is refused, table by table, then row by row. What is left."""
    if (reason := _try_write(cur, run, changes)) is None:
        return []
    if len(changes) == 1:
        row = f"{changes[0].full_table} {changes[0].key}"
        logger.info("undo of %s: left %s as it is: %s", run.run_id, row, reason)
        return [(changes[0], reason)]
    logger.info("undo of %s: not %d rows at once: %s", run.run_id, len(changes), reason)
    groups = _split(run, changes)
    return list(chain.from_iterable(_restore_rows(cur, run, group) for group in groups))


def _split(run: StoredPlan, changes: list[Change]) -> list[list[Change]]:
    """The changes by table and action, in an order that foreign keys allow; those of one, each."""
    tables = list(run.columns)
    groups: dict[tuple, list[Change]] = {}
    for change in changes:
        groups.setdefault(write_order(change, tables), []).append(change)
    if len(groups) == 1:
        return [[change] for change in changes]
    return [groups[order] for order in sorted(groups)]


def _try_write(cur: cursor, run: StoredPlan, changes: list[Change]) -> str | None:
    """Write these changes. Where that is refused, nothing is written, and the reason returned."""
    cur.execute("savepoint attempt")
    try:
        cur.execute(sql.SQL("delete from {}").format(UNDO_ROWS))
        store_changes(cur, UNDO_ROWS, run.run_id, changes)
        write_changes(cur, UNDO_ROWS, run.run_id, run.columns, changes)
    except (StalePlanError, *REFUSED) as error:
        cur.execute("rollback to savepoint attempt")
        if isinstance(error, StalePlanError):
            return "it was changed since"
        return _reason(error, is_delete=changes[0].action == "delete")
    cur.execute("release savepoint attempt")
    return None


def _reason(error: Exception, *, is_delete: bool) -> str:
    if isinstance(error, errors.ForeignKeyViolation):
        return "other rows reference it" if is_delete else "a row that it references is gone"
    return first_line(error)


def _remove_files(conn: connection, cur: cursor, run: StoredPlan) -> None:
    """Delete the run's files from staging, with the loads that brought nothing else."""
    present = read_columns(conn, *STAGING)
    for dataset, tables in STAGING.items():
        if (dataset, "files") not in present:
            continue
        cur.execute(
            f"select distinct _dlt_load_id from {dataset}.files where file_sha256 = any(%s)",  # noqa: S608
            [run.files],
        )
        loads = [load_id for (load_id,) in cur]
        for table in tables:
            query = sql.SQL("delete from {} where file_sha256 = any(%s)")
            cur.execute(query.format(sql.Identifier(dataset, table)), [run.files])
        cur.execute(
            f"delete from {dataset}._dlt_loads as loads where load_id = any(%s) and not exists "  # noqa: S608
            f"(select 1 from {dataset}.files where files._dlt_load_id = loads.load_id)",
            [loads],
        )
        logger.debug("%s: removed the files of loads %s", dataset, loads)
