"""What must hold before anything is published: rights in the database, and no loss of data.

Database ──► require_rights()        live and candidate's tables ──► losses()
"""

import logging
from collections.abc import Mapping

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.database import Database
from loaders.errors import UserError
from playledger.publish.candidate import Candidate
from playledger.publish.catalog import Table, keyed_tables, read_columns

logger = logging.getLogger(__name__)

NOT_WRITABLE = """
    select relname from pg_class
    where relnamespace = to_regnamespace(quote_ident(%s)) and relname = any(%s)
    and not (has_table_privilege(oid, 'insert') and has_table_privilege(oid, 'update'))
    order by relname
"""


def require_rights(conn: connection, database: Database, schema: str) -> None:
    """Raises UserError when this user may not create schemas, or not write to existing tables."""
    with conn.cursor() as cur:
        cur.execute("select current_user, has_database_privilege(current_database(), 'create')")
        user, may_create = cur.fetchone()
        if not may_create:
            raise UserError(
                f"{database.address}: {user} may not create schemas. Grant it with "
                f"`grant create on database ... to {user}` (see `playledger roles`)."
            )
        cur.execute(NOT_WRITABLE, [schema, [table.name for table in keyed_tables(conn, schema)]])
        if refused := cur.fetchone():
            raise UserError(
                f"{database.address}: {user} may not write to {schema}.{refused[0]}. "
                "See `playledger roles`."
            )
    logger.debug("%s may write to every table of %s", user, schema)


def losses(conn: connection, candidate: Candidate, protected: Mapping[str, str]) -> list[str]:
    """Tables of the ledger's schema that would have fewer rows than now, in words, or fewer values
    in a protected column (column name → what its values are called).

    A table that only links others may shrink: a link that no file names any more is taken back.
    """
    found = []
    live, own, seen = candidate.schemas[0]
    columns = read_columns(conn, seen)
    for table in keyed_tables(conn, own):
        present = columns[seen, table.name]
        if not present or _is_link_table(table):
            logger.debug("losses: %s is new or only links, not compared", table.name)
            continue
        counted = {"rows": sql.SQL("*")}
        counted |= {
            label: sql.Identifier(column)
            for column, label in protected.items()
            if column in present and column in table.columns
        }
        for label, column in counted.items():
            before, after = (
                _count(conn, sql.Identifier(schema, table.name), column) for schema in (seen, own)
            )
            logger.debug("losses: %s has %d %s, then %d", table.name, before, label, after)
            if after < before:
                found.append(f"{live}.{table.name}: {before:,} {label} before, {after:,} after")
    logger.info("losses: %s", "; ".join(found) or "none")
    return found


def _is_link_table(table: Table) -> bool:
    return len(table.key) > 1 and len(table.parents) >= len(table.key)


def _count(conn: connection, table: sql.Composable, column: sql.Composable) -> int:
    with conn.cursor() as cur:
        cur.execute(sql.SQL("select count({}) from {}").format(column, table))
        return cur.fetchone()[0]
