"""What differs between the live tables and the candidate's: row by row, column by column.

live schema as it was copied, candidate's schema ──► differences() ──► Change ...
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from psycopg2 import sql

from playledger.publish.catalog import Table, columns_of, keyed_tables, names, with_nulls

if TYPE_CHECKING:
    from psycopg2.extensions import connection

Action = Literal["insert", "update", "delete"]
Row = dict[str, Any]  # values as PostgreSQL writes them in JSON

# Rows as JSON: two versions of a table need not have the same columns.
CHANGES = """
    with
        live as (select to_jsonb(known) as content, {known_key} from {live} as known),
        candidate as (
            select to_jsonb(given) as content, {given_key}
            from (select {columns} from {own}) as given
        )
    select
        live.content, candidate.content, md5(live.content::text), md5(candidate.content::text)
    from live
    full join candidate using ({key})
    where live.content is distinct from candidate.content
    order by {key}
"""
ALL_NEW = """
    select null, to_jsonb(given), null, md5(to_jsonb(given)::text)
    from {own} as given
    order by {key}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write: `old` and `new` have the columns that change, of a row that comes or goes
    all of them; `before` and `after` are the MD5 of the whole row, None where there is none.
    """

    schema: str
    table: str
    action: Action
    key: Row
    old: Row | None
    new: Row | None
    before: str | None
    after: str | None
    name: str = ""  # what people call the row, where it has a name


def differences(conn: connection, live: str, own: str, seen: str) -> Iterator[Change]:
    """What would have to be written to the live schema's tables, parents first.

    They are compared as they were `seen`, when the candidate was copied: what people typed in since
    is theirs, and no difference to take back.
    """
    for table in keyed_tables(conn, own):
        yield from _of_table(conn, table, live, seen)


def _of_table(conn: connection, table: Table, live: str, seen: str) -> Iterator[Change]:
    present = columns_of(conn, seen, table.name)
    parts = {"own": table.within(table.schema), "key": names(table.key)}
    query = sql.SQL(ALL_NEW).format(**parts)
    if present:
        query = sql.SQL(CHANGES).format(
            **parts,
            live=sql.SQL("(select {} from {})").format(
                with_nulls(table.columns, present), table.within(seen)
            ),
            columns=names(table.columns),
            known_key=names(table.key, "known"),
            given_key=names(table.key, "given"),
        )
    with conn.cursor() as cur:
        cur.execute(query)
        for old, new, before, after in cur:
            yield _change(live, table, old, new, before, after)


def _change(
    schema: str, table: Table, old: Row | None, new: Row | None, before: str | None, after: str
) -> Change:
    key = {name: (new or old)[name] for name in table.key}
    called = str((new or old).get("name") or "")
    action: Action = "insert" if old is None else "delete" if new is None else "update"
    if action == "update":
        changed = [each for each in table.columns if old[each] != new[each]]
        old, new = ({each: row[each] for each in changed} for row in (old, new))
    return Change(schema, table.name, action, key, old, new, before, after, called)
