"""Write changes: stored plan rows into the live tables, where these still are what the plan saw.

    changes as stored, columns of the tables ──► write_changes() ──► live tables

Rows of one table that change in the same columns are one statement. Referenced rows are inserted
first and deleted last.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.extensions import cursor

from loaders.errors import UserError
from playledger.publish.catalog import column_list, live_md5, same_key
from playledger.publish.diff import Change

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one table that one statement writes: an action and the columns that change.

    `positions` are those of the rows among all changes, ascending.
    """

    schema: str
    table: str
    action: str
    columns: tuple[str, ...]
    positions: list[int]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.positions)

    @property
    def is_scattered(self) -> bool:
        """Whether other rows are between them."""
        return self.positions[-1] - self.positions[0] + 1 != self.count


class StalePlanError(UserError):
    """Live rows or files are not what the plan saw; nothing was written."""


def write_changes(
    cur: cursor,
    stored: sql.Identifier,
    run_id: str,
    columns: dict[str, list[str]],
    changes: list[Change],
) -> None:
    """Write changes that the table `stored` holds, in this order, as the rows of a run.

    `columns` has those of each `schema.table`, parents first. Raises StalePlanError when a live row
    is not what the plan saw.
    """
    for batch in sorted(_batches(changes), key=lambda batch: write_order(batch, list(columns))):
        key = tuple(changes[batch.positions[0]].key)
        statement = _statement(batch, stored, columns[f"{batch.schema}.{batch.table}"], key)
        values = {
            "run_id": run_id,
            "columns": list(batch.columns),
            "first": batch.positions[0],
            "last": batch.positions[-1],
            "positions": batch.positions if batch.is_scattered else None,
        }
        cur.execute(statement, values)
        logger.debug(
            "%s %s.%s (%s): %d of %d rows",
            *(batch.action, batch.schema, batch.table, ", ".join(batch.columns) or "all columns"),
            *(cur.rowcount, batch.count),
        )
        if cur.rowcount != batch.count:
            raise StalePlanError(_stale(batch, batch.count - cur.rowcount))


def write_order(rows: Batch | Change, tables: list[str]) -> tuple[bool, int, str]:
    """A sort key: rows are inserted after those that they reference, and deleted before them, when
    nothing references them any more.
    """
    position = tables.index(f"{rows.schema}.{rows.table}")
    is_delete = rows.action == "delete"
    return is_delete, -position if is_delete else position, rows.action


def _batches(changes: Iterable[Change]) -> list[Batch]:
    batches: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
    for position, change in enumerate(changes):
        kind = change.schema, change.table, change.action, changed_columns(change)
        batches.setdefault(kind, []).append(position)
    return [Batch(*kind, batches[kind]) for kind in sorted(batches)]


def changed_columns(change: Change) -> tuple[str, ...]:
    """The columns that an update writes, sorted; none for an insert or a delete."""
    return tuple(sorted(change.new)) if change.action == "update" else ()


def _statement(
    batch: Batch, stored: sql.Identifier, columns: list[str], key: tuple[str, ...]
) -> sql.Composable:
    live = sql.Identifier(batch.schema, batch.table)
    parts = {
        "live": live,
        "columns": column_list(tuple(columns)),
        "same_key": same_key(key),
        "live_md5": live_md5(tuple(columns)),
        "wanted": sql.SQL(WANTED).format(
            live=live, rows=stored, content=sql.SQL(CONTENTS[batch.action])
        ),
        "these": sql.SQL(THESE).format(
            schema=sql.Literal(batch.schema),
            table=sql.Literal(batch.table),
            action=sql.Literal(batch.action),
            among=sql.SQL(AMONG if batch.is_scattered else "true"),
        ),
        "values": sql.SQL(", ").join(
            sql.SQL("{0} = wanted.{0}").format(sql.Identifier(name)) for name in batch.columns
        ),
        "wanted_columns": column_list(tuple(columns), "wanted"),
    }
    return sql.SQL(STATEMENTS[batch.action]).format(**parts)


# As a function in `from` a row is made once; in `select` it would be for each of its columns.
WANTED = """
    {rows} as planned
    cross join lateral
        jsonb_populate_record(null::{live}, {content}) as wanted
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
# Looked up by primary key: a week's edits are dozens of statements, and each would read all rows.
AMONG = "planned.nth = any(%(positions)s::bigint[])"
STATEMENTS = {
    "insert": (
        "insert into {live} ({columns}) overriding system value "
        "select {wanted_columns} from {wanted} where {these} on conflict do nothing"
    ),
    "update": (
        "update {live} as live set {values} from {wanted} "
        "where {these} and {same_key} and {live_md5} = planned.before_md5"
    ),
    "delete": (
        "delete from {live} as live using {wanted} "
        "where {these} and {same_key} and {live_md5} = planned.before_md5"
    ),
}


def _stale(batch: Batch, count: int) -> str:
    reason = {
        "insert": "exist already, or another row has a value that must be unique",
        "update": "were changed since",
        "delete": "were changed or deleted since",
    }[batch.action]
    return (
        f"{batch.schema}.{batch.table}: {count} of {batch.count} rows that the plan wants to "
        f"{batch.action} {reason}.\nNothing was written. Make a new plan: `playledger plan`."
    )
