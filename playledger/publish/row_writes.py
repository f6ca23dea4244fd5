"""Write changes: kept rows of a run into the live tables, where these are what the plan saw.

    kept changes, columns of the tables ──► write() ──► live tables

Rows of one table that change in the same columns are one statement; those that others point at come
first, and go last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import UserError
from playledger.publish.catalog import known_md5, names, same_key

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

    from playledger.publish.diff import Change


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


def write(
    cur: cursor,
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
        cur.execute(statement, values)
        if cur.rowcount != rows.count:
            raise MovedError(_what_moved(rows, rows.count - cur.rowcount))


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
