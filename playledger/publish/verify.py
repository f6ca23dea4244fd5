"""What a plan really wrote: triggers that are not the ledger's may change it.

live tables as written ──► record_trigger_effects() ──► plan rows ──► read_back() ──► wrong rows
"""

import logging
from collections.abc import Iterable
from itertools import groupby

from psycopg2 import errors, sql
from psycopg2.extensions import connection, cursor

from loaders.database import READER, may_be_reader
from loaders.errors import Exit, UserError
from playledger.publish.catalog import live_md5, same_key
from playledger.publish.diff import Change
from playledger.publish.plan import Plan
from playledger.publish.plan_store import plan_tables

logger = logging.getLogger(__name__)

TRIGGERED = """
    select distinct nspname, relname
    from pg_trigger
    inner join pg_class on tgrelid = pg_class.oid
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where not tgisinternal and nspname in (%s, %s)
"""
WRITTEN = """
    from {rows} as planned
    cross join lateral jsonb_populate_record(null::{live}, planned.key) as wanted
    left join {live} as live on {same_key}
    where planned.run_id = %s and planned.schema_name = %s and planned.table_name = %s
"""
RECORD = """
    update {rows} as recorded set after_md5 = written.after_md5
    from (select planned.run_id, planned.nth, {live_md5} as after_md5 {written}) as written
    where
        recorded.run_id = written.run_id and recorded.nth = written.nth
        and recorded.after_md5 <> written.after_md5
"""
WRONG = """
    select count(*) {written} and planned.after_md5 is distinct from
        case when live.tableoid is not null then {live_md5} end
"""


def record_trigger_effects(cur: cursor, plan: Plan) -> int:
    """Record the MD5 of rows that triggers changed while they were written (an `updated_at`, say),
    so that an undo recognises them; how many. Runs within the transaction that writes them.
    """
    cur.execute(TRIGGERED, [plan.schema, f"{plan.schema}_quality"])
    triggered = set(cur.fetchall())
    changes = [each for each in plan.changes if (each.schema, each.table) in triggered]
    count = 0
    for query, values in _table_queries(plan, RECORD, changes):
        cur.execute(query, values)
        count += cur.rowcount
    if triggered:
        logger.info("triggers on %d tables changed %d planned rows", len(triggered), count)
    return count


def read_back(conn: connection, plan: Plan) -> int:
    """How many rows of a published plan are not there as written, or not gone, as the reading role
    sees them. Raises UserError when that role may not read a table.

    Where the role does not exist, or row policies hide rows from it, this user reads instead.
    """
    wrong = 0
    try:
        with conn.cursor() as cur:
            has_reader = may_be_reader(cur, plan.schema)
            for query, values in _table_queries(plan, WRONG, plan.changes):
                if has_reader:
                    cur.execute(f"set local role {READER}")
                    table = sql.Identifier(*values[1:]).as_string(cur)
                    cur.execute("select row_security_active(%s)", [table])
                    if cur.fetchone()[0]:
                        logger.info("%s has row policies: read back without %s", table, READER)
                        cur.execute("set local role none")
                cur.execute(query, values)
                wrong += cur.fetchone()[0]
    except errors.InsufficientPrivilege as error:
        raise UserError(
            f"The plan was published, but {READER} cannot read it ({error.pgerror.strip()}).\n"
            "Run `playledger roles` as the owner of the database.",
            Exit.INTEGRITY,
        ) from None
    return wrong


def _table_queries(
    plan: Plan, query: str, changes: list[Change]
) -> Iterable[tuple[sql.Composable, list[str]]]:
    """The query for each table that these changes of the plan write to, with its values."""
    for (schema, table), group in groupby(changes, lambda each: (each.schema, each.table)):
        parts = {
            "rows": plan_tables(plan.schema)["rows"],
            "live": sql.Identifier(schema, table),
            "same_key": same_key(tuple(next(group).key)),
            "live_md5": live_md5(tuple(plan.columns[f"{schema}.{table}"])),
        }
        written = sql.SQL(WRITTEN).format(**parts)
        yield sql.SQL(query).format(written=written, **parts), [plan.run_id, schema, table]
