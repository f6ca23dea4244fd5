"""The difference between a live table and the candidate's: row by row, column by column.

copy of the live table, candidate's table ──► differences() ──► Change ...
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from psycopg2 import sql
from psycopg2.extensions import connection

from playledger.publish.catalog import Table, column_list, select_columns

Action = Literal["insert", "update", "delete"]
Row = dict[str, Any]  # values as PostgreSQL writes them in JSON

# Rows are compared as JSON: two versions of a table need not have the same columns.
CHANGES = """
    with
        live as (select to_jsonb(live_row) as content, {live_key} from ({live}) as live_row),
        candidate as (
            select to_jsonb(candidate_row) as content, {candidate_key}
            from ({candidate}) as candidate_row
        )
    select
        live.content, candidate.content, md5(live.content::text), md5(candidate.content::text)
    from live
    full join candidate using ({key})
    where live.content is distinct from candidate.content
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

    @property
    def full_table(self) -> str:
        """The table as `schema.table`."""
        return f"{self.schema}.{self.table}"

    @property
    def updated_columns(self) -> tuple[str, ...]:
        """The columns that an update writes, sorted; none for an insert or a delete."""
        return tuple(sorted(self.new)) if self.action == "update" else ()


def differences(
    conn: connection, table: Table, live: str, seen: str, present: tuple[str, ...]
) -> Iterator[Change]:
    """What would have to be written to the table of schema `live` to make it the candidate's.

    That is compared with the copy in `seen` that the candidate started from, which has the columns
    `present`, none if it does not exist: what people typed in since is theirs, and no difference to
    take back.
    """
    candidate = select_columns(table.columns, table.schema, table.name, table.columns)
    copy = select_columns(table.columns, seen, table.name, present)
    query = sql.SQL(CHANGES).format(
        candidate=candidate,
        live=copy if present else sql.SQL("{} where false").format(candidate),
        key=column_list(table.key),
        live_key=column_list(table.key, "live_row"),
        candidate_key=column_list(table.key, "candidate_row"),
    )
    with conn.cursor() as cur:
        cur.execute(query)
        for row in cur:
            yield _change(live, table, *row)


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
