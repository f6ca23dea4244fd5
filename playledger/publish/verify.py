"""What is really there after a plan was written: triggers of others have a say too.

live tables as written ──► note_triggers() ──► plan rows ──► read_back() ──► rows that are wrong
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from psycopg2 import errors, sql

from loaders.errors import Exit, UserError
from loaders.reader_role import READER, may_be_reader
from playledger.publish.catalog import known_md5, same_key
from playledger.publish.plan_store import places

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

    from playledger.publish.diff import Change
    from playledger.publish.plan import Plan

# Only others' triggers before a row is written can change what it holds.
TRIGGERED = """
    select distinct nspname, relname
    from pg_trigger
    inner join pg_class on tgrelid = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where not tgisinternal and nspname in (%s, %s)
"""
THESE = """
    from {rows} as planned
    cross join lateral jsonb_populate_record(null::{live}, planned.key) as given
    left join {live} as known on {same_key}
    where planned.run_id = %s and planned.schema_name = %s and planned.table_name = %s
"""
NOTE = """
    update {rows} as noted set after_md5 = made.after_md5
    from (select planned.run_id, planned.nth, {known_md5} as after_md5 {these}) as made
    where
        noted.run_id = made.run_id and noted.nth = made.nth
        and noted.after_md5 <> made.after_md5
"""
WRONG = """
    select count(*) {these} and planned.after_md5 is distinct from
        case when known.tableoid is not null then {known_md5} end
"""


def note_triggers(cur: cursor, plan: Plan) -> int:
    """Note how rows were made by triggers that write other values than planned, an `updated_at` of
    their own say, so that an undo knows them; how many. Within the transaction that writes them.
    """
    cur.execute(TRIGGERED, [plan.schema, f"{plan.schema}_quality"])
    triggered = set(cur.fetchall())
    changes = [each for each in plan.changes if (each.schema, each.table) in triggered]
    count = 0
    for query, values in _queries(plan, NOTE, changes):
        cur.execute(query, values)
        count += cur.rowcount
    return count


def read_back(conn: connection, plan: Plan) -> int:
    """How many rows of a published plan are not there as they were written, or not gone, as those
    see it who only read; UserError when they may not.

    Where there is no such role, or policies hide rows from it, this user looks itself.
    """
    wrong = 0
    try:
        with conn.cursor() as cur:
            has_reader = may_be_reader(cur, plan.schema)
            for query, values in _queries(plan, WRONG, plan.changes):
                if has_reader:
                    cur.execute(f"set local role {READER}")
                    table = sql.Identifier(*values[1:]).as_string(cur)
                    cur.execute("select row_security_active(%s)", [table])
                    if cur.fetchone()[0]:
                        cur.execute("set local role none")
                cur.execute(query, values)
                wrong += cur.fetchone()[0]
    except errors.InsufficientPrivilege as error:
        raise UserError(
            f"All of it is published, but {READER} cannot read it ({error.pgerror.strip()}).\n"
            "Run `playledger roles` as the owner of the database.",
            Exit.INTEGRITY,
        ) from None
    return wrong


def _queries(
    plan: Plan, query: str, of: list[Change]
) -> Iterable[tuple[sql.Composable, list[str]]]:
    """The query for each table that these changes of the plan write to, with its values."""
    for (schema, table), changes in groupby(of, lambda each: (each.schema, each.table)):
        parts = {
            "rows": places(plan.schema)["rows"],
            "live": sql.Identifier(schema, table),
            "same_key": same_key(tuple(next(changes).key)),
            "known_md5": known_md5(tuple(plan.columns[f"{schema}.{table}"])),
        }
        these = sql.SQL(THESE).format(**parts)
        yield sql.SQL(query).format(these=these, **parts), [plan.run_id, schema, table]
