"""What must hold before anything is published: rights there, and no loss.

Database ──► require_rights()        live and candidate's tables ──► losses()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import UserError
from playledger.publish.catalog import Table, columns_of, keyed_tables

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.database import Database
    from playledger.publish.candidate import Candidate

NEVER_LOST = "sfa_url"  # a column of this name loses no value


def require_rights(conn: connection, database: Database, schema: str) -> None:
    """UserError when this user may not make schemas, or not write to tables that are there."""
    with conn.cursor() as cur:
        cur.execute("select current_user, has_database_privilege(current_database(), 'create')")
        user, may_create = cur.fetchone()
        if not may_create:
            raise UserError(
                f"{database.address}: {user} may not create schemas there. Grant it with "
                f"`grant create on database ... to {user}` (see `playledger roles`)."
            )
        for table in keyed_tables(conn, schema):
            place = sql.Identifier(schema, table.name).as_string(conn)
            cur.execute(
                "select has_table_privilege(%s, 'insert') and has_table_privilege(%s, 'update')",
                [place, place],
            )
            if not cur.fetchone()[0]:
                raise UserError(
                    f"{database.address}: {user} may not write to {schema}.{table.name}. "
                    "See `playledger roles`."
                )


def losses(conn: connection, candidate: Candidate) -> list[str]:
    """Tables that would have fewer rows than live, or fewer SFA URLs, in words.

    A table that only links others may shrink: a link that is no longer named is taken back.
    """
    told = []
    live, own, seen = candidate.places[0]
    for table in keyed_tables(conn, own):
        present = columns_of(conn, seen, table.name)
        if not present or _only_links(table):
            continue
        counted = {"rows": sql.SQL("*")}
        if NEVER_LOST in present and NEVER_LOST in table.columns:
            counted["SFA URLs"] = sql.Identifier(NEVER_LOST)
        for what, column in counted.items():
            now, then = (_count(conn, table.within(schema), column) for schema in (seen, own))
            if then < now:
                told.append(f"{live}.{table.name}: {then:,} {what}, now {now:,}")
    return told


def _only_links(table: Table) -> bool:
    return len(table.key) > 1 and len(table.parents) >= len(table.key)


def _count(conn: connection, place: sql.Composable, column: sql.Composable) -> int:
    with conn.cursor() as cur:
        cur.execute(sql.SQL("select count({}) from {}").format(column, place))
        return cur.fetchone()[0]
