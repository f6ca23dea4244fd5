"""Write changes: stored plan rows into the live tables, where these still are what the plan saw.

    changes as stored, columns of the tables ──► write_changes() ──► live tables

Rows of one table that change in the same columns are one statement. Referenced rows are inserted
first and deleted last.
"""

import logging
from collections import defaultdict

from psycopg2 import sql
from psycopg2.extensions import cursor

from loaders.errors import UserError
from playledger.publish.catalog import column_list, live_md5, same_key
from playledger.publish.diff import Change

logger = logging.getLogger(__name__)


class StalePlanError(UserError):
    """Live rows or files are not what the plan saw; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}\nNothing was written. Make a new plan: `playledger plan`.")


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
    tables = list(columns)
    batches: dict[tuple, list[int]] = defaultdict(list)
    for position, change in enumerate(changes):
        order = write_order(change, tables)
        batches[*order, change.full_table, change.updated_columns].append(position)
    for _, positions in sorted(batches.items()):
        first, count = changes[positions[0]], len(positions)
        is_scattered = positions[-1] - positions[0] + 1 != count
        values = {
            "run_id": run_id,
            "schema": first.schema,
            "table": first.table,
            "action": first.action,
            "columns": list(first.updated_columns),
            "first": positions[0],
            "last": positions[-1],
            "positions": positions if is_scattered else None,
        }
        cur.execute(_statement(first, stored, tuple(columns[first.full_table])), values)
        logger.debug(
            "%s %s (%s): %d of %d rows",
            *(first.action, first.full_table, ", ".join(first.updated_columns) or "all columns"),
            *(cur.rowcount, count),
        )
        if cur.rowcount != count:
            raise StalePlanError(_stale(first, count - cur.rowcount, count))


def write_order(change: Change, tables: list[str]) -> tuple[bool, int, str]:
    """A sort key: rows are inserted after those that they reference, and deleted before them, when
    nothing references them any more.
    """
    position = tables.index(change.full_table)
    is_delete = change.action == "delete"
    return is_delete, -position if is_delete else position, change.action


def _statement(change: Change, stored: sql.Identifier, columns: tuple[str, ...]) -> sql.Composable:
    """The statement that writes the rows that change as this one does."""
    live = sql.Identifier(change.schema, change.table)
    planned = sql.SQL(PLANNED).format(
        live=live, rows=stored, content=sql.SQL(CONTENTS[change.action])
    )
    values = sql.SQL(", ").join(
        sql.SQL("{0} = wanted.{0}").format(sql.Identifier(name)) for name in change.updated_columns
    )
    return sql.SQL(STATEMENTS[change.action]).format(
        live=live,
        planned=planned,
        values=values,
        columns=column_list(columns),
        wanted_columns=column_list(columns, "wanted"),
        same_key=same_key(tuple(change.key)),
        live_md5=live_md5(columns),
    )


# As a function in `from` a row is made once; in `select` it would be for each of its columns. Rows
# are looked up by primary key: a week's edits are dozens of statements, and each would read all.
PLANNED = """
    {rows} as planned
    cross join lateral
        jsonb_populate_record(null::{live}, {content}) as wanted
    where
        planned.run_id = %(run_id)s and planned.nth between %(first)s and %(last)s
        and (%(positions)s::bigint[] is null or planned.nth = any(%(positions)s::bigint[]))
        and planned.schema_name = %(schema)s and planned.table_name = %(table)s
        and planned.action = %(action)s and planned.columns = %(columns)s
"""
CONTENTS = {
    "insert": "planned.new",  # holds its key as well
    "update": "planned.key || planned.new",
    "delete": "planned.key",
}
STATEMENTS = {
    "insert": (
        "insert into {live} ({columns}) overriding system value "
        "select {wanted_columns} from {planned} on conflict do nothing"
    ),
    "update": (
        "update {live} as live set {values} from {planned} "
        "and {same_key} and {live_md5} = planned.before_md5"
    ),
    "delete": (
        "delete from {live} as live using {planned} "
        "and {same_key} and {live_md5} = planned.before_md5"
    ),
}


def _stale(change: Change, stale: int, count: int) -> str:
    reason = {
        "insert": "exist already, or another row has a value that must be unique",
        "update": "were changed since",
        "delete": "were changed or deleted since",
    }[change.action]
    rows = f"{change.full_table}: {stale} of {count} rows that the plan wants to {change.action}"
    return f"{rows} {reason}."
