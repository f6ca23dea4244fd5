"""Copies of live schemas and views over several schemas, for a candidate to be built on.

live schema ──► copy_schema() ──► tables to build on, and their rows as they were when copied
schemas of rows ──► create_union_views() ──► a view for each table, over all of them
"""

import logging
from collections.abc import Sequence
from itertools import chain

from psycopg2 import sql
from psycopg2.extensions import connection

from playledger.publish.catalog import column_list, read_columns, read_tables, select_columns

logger = logging.getLogger(__name__)

COPY = """
    create unlogged table {seen} as select {columns} from {live};
    create table {own} (like {live} including all);
    comment on table {own} is {comment};
    insert into {own} ({columns}) overriding system value select {columns} from {seen};
    analyze {seen};
    analyze {own}
"""


def copy_schema(conn: connection, live: str, own: str, seen: str) -> None:
    """Copy a schema's tables with rows, checks, indexes and comment; dbt restores the foreign keys.

    `own` is to be built on, `seen` keeps the rows for comparison. Commits.
    """
    with conn.cursor() as cur:
        for schema in (own, seen):
            query = sql.SQL("create schema if not exists {}")
            cur.execute(query.format(sql.Identifier(schema)))
        for table in read_tables(conn, live):
            query = sql.SQL(COPY).format(
                own=sql.Identifier(own, table.name),
                seen=sql.Identifier(seen, table.name),
                live=sql.Identifier(live, table.name),
                columns=column_list(table.columns),
                comment=sql.Literal(table.comment),
            )
            cur.execute(query)
    conn.commit()


def drop_schemas(conn: connection, query: str, schema: str) -> None:
    """Drop the schemas that a query finds for the `schema` of a copy, with all in them. Commits."""
    with conn.cursor() as cur:
        cur.execute(query, {"schema": schema})
        for (found,) in cur.fetchall():
            logger.debug("dropping schema %s", found)
            cur.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(found)))
    conn.commit()


def create_union_views(
    conn: connection, tables: Sequence[str], schemas: Sequence[str], target: str
) -> None:
    """Create the schema `target` with a view for each table: the rows of all schemas that have it,
    with nulls for columns that one of them lacks. Commits.
    """
    found = read_columns(conn, *schemas)
    with conn.cursor() as cur:
        cur.execute(sql.SQL("create schema {}").format(sql.Identifier(target)))
        for table in tables:
            present = {schema: found[schema, table] for schema in schemas if found[schema, table]}
            all_columns = tuple(dict.fromkeys(chain.from_iterable(present.values())))
            parts = [
                select_columns(all_columns, schema, table, columns)
                for schema, columns in present.items()
            ]
            cur.execute(
                sql.SQL("create view {} as {}").format(
                    sql.Identifier(target, table), sql.SQL(" union all ").join(parts)
                )
            )
    conn.commit()
