"""The difference between the live tables and the candidate's: row by row, column by column.

copy of the live schema, candidate's schema ──► differences() ──► Change ...
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from psycopg2 import sql
from psycopg2.extensions import connection

from playledger.publish.catalog import (
    Table,
    column_list,
    columns_of,
    columns_or_nulls,
    keyed_tables,
)

Action = Literal["insert", "update", "delete"]
Row = dict[str, Any]  # values as PostgreSQL writes them in JSON

# Rows are compared as JSON: two versions of a table need not have the same columns.
CHANGES = """
    with
        live as (select to_jsonb(live_row) as content, {live_key} from {live} as live_row),
        candidate as (
            select to_jsonb(candidate_row) as content, {candidate_key}
            from (select {columns} from {candidate}) as candidate_row
        )
    select
        live.content, candidate.content, md5(live.content::text), md5(candidate.content::text)
    from live
    full join candidate using ({key})
    where live.content is distinct from candidate.content
    order by {key}
"""
ALL_NEW = """
    select null, to_jsonb(candidate_row), null, md5(to_jsonb(candidate_row)::text)
    from {candidate} as candidate_row
    order by {key}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write. `old` and `new` have the columns that change, for an insert or delete all
    columns; `before` and `after` are the MD5 of the whole row, None where there is no row.

    The fields are those of plan.json.
    """

    schema: str
    table: str
    action: Action
    key: Row
    old: Row | None
    new: Row | None
    before: str | None
    after: str | None
    name: str = ""  # the row's column `name`, where it has one


def differences(conn: connection, live: str, own: str, seen: str) -> Iterator[Change]:
    """What would have to be written to the tables of schema `live`, parents first, to make them
    those of the candidate's schema `own`.

    These are compared with `seen`, the copy that the candidate started from: what people typed in
    since is theirs, and no difference to take back.
    """
    for table in keyed_tables(conn, own):
        yield from _table_differences(conn, table, live, seen)


def _table_differences(conn: connection, table: Table, live: str, seen: str) -> Iterator[Change]:
    present = columns_of(conn, seen, table.name)
    parts = {"candidate": table.within(table.schema), "key": column_list(table.key)}
    query = sql.SQL(ALL_NEW).format(**parts)
    if present:
        query = sql.SQL(CHANGES).format(
            **parts,
            live=sql.SQL("(select {} from {})").format(
                columns_or_nulls(table.columns, present), table.within(seen)
            ),
            columns=column_list(table.columns),
            live_key=column_list(table.key, "live_row"),
            candidate_key=column_list(table.key, "candidate_row"),
        )
    with conn.cursor() as cur:
        cur.execute(query)
        for old, new, before, after in cur:
            yield _change(live, table, old, new, before, after)


def _change(
    schema: str, table: Table, old: Row | None, new: Row | None, before: str | None, after: str
) -> Change:
    row = new or old
    action: Action = "insert" if old is None else "delete" if new is None else "update"
    if action == "update":
        changed = [each for each in table.columns if old[each] != new[each]]
        old, new = ({each: values[each] for each in changed} for values in (old, new))
    key = {column: row[column] for column in table.key}
    name = str(row.get("name") or "")
    return Change(schema, table.name, action, key, old, new, before, after, name)
