"""Publish a plan: its rows into the live tables in one transaction, or none of them.

    Plan, new rows of staging ──► publish() ──► live tables, staging

Each row is written only where the live one is still what the plan saw; one that moved stops it all.
Readers see the ledger as it was or as it is, and wait for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import IntegrityError, errors, sql

from loaders.errors import UserError
from loaders.extract.tables import STAGING
from loaders.publish.candidate import NEW
from loaders.publish.catalog import columns_of, columns_within, known_md5, names, same_key
from loaders.publish.pairs import TAKE_PAIRS
from loaders.publish.readback import note_triggers
from loaders.publish.records import mark_published, places
from loaders.whereabouts import finished_files

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

    from loaders.publish.difference import Change
    from loaders.publish.plan import Plan

LOCK_SECONDS = 2
LOCKED = (errors.LockNotAvailable, errors.DeadlockDetected)
# By keys, checks and triggers, those of others too.
REFUSED = (IntegrityError, errors.RaiseException)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that one statement writes: an action and the columns that change.

    `places` are those of the rows among all changes, in their order.
    """

    schema: str
    table: str
    action: str
    columns: tuple[str, ...]
    places: list[int]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.places)

    @property
    def scattered(self) -> list[int] | None:
        """The places when other rows are between them."""
        first, last = self.places[0], self.places[-1]
        return None if last - first + 1 == self.count else self.places


class MovedError(UserError):
    """Live rows are not what the plan saw; nothing was written."""


def publish(opened: connection, plan: Plan) -> int:
    """Write the rows of a plan that is kept, and the candidate's new rows of staging; commit.

    Returns how many rows triggers of others made other than planned.
    Raises MovedError when files or rows are not what the plan saw; then nothing is written.
    """
    try:
        with opened, opened.cursor() as asked:
            asked.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'")
            _require_files(opened, plan)
            _take_staging(opened, asked, plan)
            mark_published(asked, plan.schema, plan.run_id)
            write(asked, places(plan.schema)["rows"], plan.run_id, plan.columns, plan.changes)
            return note_triggers(asked, plan)
    except REFUSED as error:
        raise MovedError(
            f"{str(error).strip()}\nNothing was written. Make a new plan: `playledger plan`."
        ) from None


def write(
    asked: cursor,
    kept: sql.Identifier,
    run_id: str,
    columns: dict[str, list[str]],
    changes: list[Change],
) -> None:
    """Write changes that are kept as rows of a run; raises MovedError when a row moved.

    `columns` names the tables, parents first. The changes are in the order in which they are kept.
    """
    for rows in sorted(_together(changes), key=lambda rows: turn(rows, list(columns))):
        key = tuple(changes[rows.places[0]].key)
        statement = _statement(rows, kept, columns[f"{rows.schema}.{rows.table}"], key)
        values = {
            "run_id": run_id,
            "columns": list(rows.columns),
            "first": rows.places[0],
            "last": rows.places[-1],
            "places": rows.scattered,
        }
        asked.execute(statement, values)
        if asked.rowcount != rows.count:
            raise MovedError(_what_moved(rows, rows.count - asked.rowcount))


def turn(rows: Rows | Change, tables: list[str]) -> tuple[bool, int, str]:
    """When rows are written: they come after those that they point at, and go before them, when
    nothing points at them any more.
    """
    place = tables.index(f"{rows.schema}.{rows.table}")
    is_going = rows.action == "delete"
    return is_going, -place if is_going else place, rows.action


def _together(changes: Iterable[Change]) -> list[Rows]:
    together: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
    for place, change in enumerate(changes):
        kind = change.schema, change.table, change.action, changed_columns(change)
        together.setdefault(kind, []).append(place)
    return [Rows(*kind, together[kind]) for kind in sorted(together)]


def changed_columns(change: Change) -> tuple[str, ...]:
    """The columns that an update writes; none where a whole row comes or goes."""
    return tuple(sorted(change.new)) if change.action == "update" else ()


def _statement(
    rows: Rows, kept: sql.Identifier, columns: list[str], key: tuple[str, ...]
) -> sql.Composable:
    live = sql.Identifier(rows.schema, rows.table)
    parts = {
        "live": live,
        "columns": names(tuple(columns)),
        "same_key": same_key(key),
        "known_md5": known_md5(tuple(columns)),
        "given": sql.SQL(GIVEN).format(
            live=live, rows=kept, content=sql.SQL(CONTENTS[rows.action])
        ),
        "these": sql.SQL(THESE).format(
            schema=sql.Literal(rows.schema),
            table=sql.Literal(rows.table),
            action=sql.Literal(rows.action),
            among=sql.SQL(AMONG if rows.scattered else "true"),
        ),
        "values": sql.SQL(", ").join(
            sql.SQL("{0} = given.{0}").format(sql.Identifier(name)) for name in rows.columns
        ),
        "given_columns": names(tuple(columns), "given"),
    }
    return sql.SQL(STATEMENTS[rows.action]).format(**parts)


# As a function in `from` a row is made once; in `select` it would be for each of its columns.
GIVEN = """
    {rows} as planned
    cross join lateral
        jsonb_populate_record(null::{live}, {content}) as given
"""
CONTENTS = {
    "insert": "planned.new",  # holds its key as well
    "update": "planned.key || planned.new",
    "delete": "planned.key",
}
THESE = """
    planned.run_id = %(run_id)s and planned.schema_name = {schema} and planned.table_name = {table}
    and planned.action = {action} and planned.columns = %(columns)s
    and planned.nth between %(first)s and %(last)s and {among}
"""
# Looked up by their key: a week's edits are dozens of statements, and each would read all rows.
AMONG = "planned.nth = any(%(places)s::bigint[])"
STATEMENTS = {
    "insert": (
        "insert into {live} ({columns}) overriding system value "
        "select {given_columns} from {given} where {these} on conflict do nothing"
    ),
    "update": (
        "update {live} as known set {values} from {given} "
        "where {these} and {same_key} and {known_md5} = planned.before_md5"
    ),
    "delete": (
        "delete from {live} as known using {given} "
        "where {these} and {same_key} and {known_md5} = planned.before_md5"
    ),
}


def _what_moved(rows: Rows, count: int) -> str:
    what = {
        "insert": "exist already, or another row has what must be theirs alone",
        "update": "were changed since",
        "delete": "were changed or deleted since",
    }[rows.action]
    return (
        f"{rows.schema}.{rows.table}: {count} of {rows.count} rows that the plan wants to "
        f"{rows.action} {what}.\nNothing was written. Make a new plan: `playledger plan`."
    )


def known_files(opened: connection) -> set[str]:
    """The SHA-256 of every file that staging holds."""
    return {
        sha256
        for dataset in STAGING
        if columns_of(opened, dataset, "files")
        for sha256 in finished_files(opened, dataset)
    }


def _require_files(opened: connection, plan: Plan) -> None:
    held = known_files(opened)
    if held != set(plan.known):
        raise MovedError(
            f"Files were loaded or undone since the plan was made: it saw {len(plan.known)}, there "
            f"are {len(held)}.\nNothing was written. Make a new plan: `playledger plan`."
        )


def _take_staging(opened: connection, asked: cursor, plan: Plan) -> None:
    """The candidate's new rows into live staging, as dlt has marked them, in one round trip."""
    if not plan.files:
        return
    columns = columns_within(opened, [*STAGING, *(NEW + dataset for dataset in STAGING)])
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
    asked.execute(sql.SQL("; ").join([*statements, sql.SQL(TAKE_PAIRS)]))


TAKE = "insert into {here} ({columns}) select {columns} from {there} on conflict do nothing"
TAKE_VERSION = """
    insert into {here} ({columns}) select {columns} from {there} as given where not exists
    (select 1 from {here} as known where known.version_hash = given.version_hash)
"""
