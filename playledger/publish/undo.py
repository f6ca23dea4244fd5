"""Undo a published run: its plan backwards, row by row, each only where nobody changed it since.

    plan rows of a run ──► backwards() ──► undo() ──► live tables, staging without the run's files

Rows that moved since are left as they are, and named. The run's files leave staging, so that the
next build does not bring their values back; a load of the same file takes it up again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psycopg2 import errors, sql

from loaders.errors import UserError
from loaders.files.staging_schema import STAGING
from loaders.text import first_line
from playledger.publish.apply import LOCK_SECONDS, REFUSED
from playledger.publish.catalog import columns_of
from playledger.publish.diff import Action, Change
from playledger.publish.plan_store import (
    StoredPlan,
    keep_rows,
    mark_undone,
    places,
    published,
    read_rows,
)
from playledger.publish.row_writes import MovedError, turn, write

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

UNDONE = sql.Identifier("undone_rows")
BACKWARDS: dict[Action, Action] = {"insert": "delete", "delete": "insert", "update": "update"}


@dataclass(slots=True)
class Undone:
    """What an undo did: the run, how many rows went back, and those that were left, with why."""

    run_id: str
    count: int = 0
    left: list[tuple[Change, str]] = field(default_factory=list)


def backwards(change: Change) -> Change:
    """The change that takes another one back."""
    return Change(
        change.schema,
        change.table,
        BACKWARDS[change.action],
        change.key,
        change.new,
        change.old,
        change.after,
        change.before,
    )


def choose_run(conn: connection, schema: str, run_id: str | None) -> StoredPlan:
    """The run to undo, the last one unless named; UserError when it cannot be undone."""
    runs = published(conn, schema)
    standing = [run for run in runs if run.undone_at is None]
    if run_id is None:
        if not standing:
            raise UserError("There is nothing to undo: no run was published here.")
        return standing[-1]
    chosen = next((run for run in runs if run.run_id == run_id), None)
    if chosen is None:
        raise UserError(f"No run {run_id} was published here. `playledger history` lists them.")
    if chosen.undone_at:
        raise UserError(f"{run_id} is undone already.")
    if standing[-1] is not chosen:
        later = standing[-1].run_id
        raise UserError(
            f"{later} was published after {run_id} and rests on it. Undo it first: "
            f"`playledger undo {later}`."
        )
    return chosen


def undo(conn: connection, schema: str, run: StoredPlan) -> Undone:
    """Take a run back in one transaction."""
    changes = [backwards(change) for change in read_rows(conn, schema, run.run_id)]
    done = Undone(run.run_id)
    with conn, conn.cursor() as cur:
        cur.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
        cur.execute("set constraints all immediate")  # to hear at once what is refused
        cur.execute(
            sql.SQL("create temporary table undone_rows (like {}) on commit drop").format(
                places(schema)["rows"]
            )
        )
        _take_back(cur, run, changes, done)
        _forget_files(conn, cur, run)
        mark_undone(cur, schema, run.run_id)
    return done


def _take_back(cur: cursor, run: StoredPlan, changes: list[Change], done: Undone) -> None:
    """All rows at once; where that is refused, table by table, then row by row."""
    if _try(cur, run, changes) is None:
        done.count += len(changes)
        return
    for part in _parts(run, changes):
        if _try(cur, run, part) is None:
            done.count += len(part)
            continue
        for change in part:
            if (why := _try(cur, run, [change])) is None:
                done.count += 1
            else:
                done.left.append((change, why))


def _parts(run: StoredPlan, changes: list[Change]) -> list[list[Change]]:
    """The changes of each table and action, in an order that foreign keys allow."""
    tables = list(run.columns)
    parts: dict[tuple, list[Change]] = {}
    for change in changes:
        parts.setdefault(turn(change, tables), []).append(change)
    return [parts[place] for place in sorted(parts)]


def _try(cur: cursor, run: StoredPlan, changes: list[Change]) -> str | None:
    """Write these changes; why not, when they are refused, and then nothing of them is written."""
    cur.execute("savepoint part")
    try:
        cur.execute("delete from undone_rows")
        keep_rows(cur, UNDONE, run.run_id, changes)
        write(cur, UNDONE, run.run_id, run.columns, changes)
    except (MovedError, *REFUSED) as error:
        cur.execute("rollback to savepoint part")
        if isinstance(error, MovedError):
            return "it was changed since"
        return _reason(error, is_going=changes[0].action == "delete")
    cur.execute("release savepoint part")
    return None


def _reason(error: Exception, *, is_going: bool) -> str:
    if isinstance(error, errors.ForeignKeyViolation):
        return "other rows point at it" if is_going else "what it points at is gone"
    return first_line(error)


def _forget_files(conn: connection, cur: cursor, run: StoredPlan) -> None:
    """Take the run's files out of staging, with the loads that brought nothing else."""
    for dataset, tables in STAGING.items():
        if not columns_of(conn, dataset, "files"):
            continue
        cur.execute(
            f"select distinct _dlt_load_id from {dataset}.files where file_sha256 = any(%s)",  # noqa: S608
            [run.files],
        )
        loads = [load_id for (load_id,) in cur]
        for table in tables:
            place = sql.Identifier(dataset, table)
            query = sql.SQL("delete from {} where file_sha256 = any(%s)").format(place)
            cur.execute(query, [run.files])
        cur.execute(
            f"delete from {dataset}._dlt_loads as loads where load_id = any(%s) and not exists "  # noqa: S608
            f"(select 1 from {dataset}.files where files._dlt_load_id = loads.load_id)",
            [loads],
        )
