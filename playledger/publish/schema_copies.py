"""Copies of live schemas and views over several schemas, for a candidate to be built on.

live schema ──► copy_schema() ──► tables to build on, and their rows as they were when copied
schemas of rows ──► create_union_views() ──► a view for each table, over all of them
"""

from collections.abc import Sequence
from itertools import chain

from psycopg2 import sql
from psycopg2.extensions import connection

from playledger.publish.catalog import column_list, columns_of, columns_or_nulls, read_tables

COPY = """
    create unlogged table {seen} as select {columns} from {live};
    create table {own} (like {live} including all);
    insert into {own} ({columns}) overriding system value select {columns} from {seen};
    analyze {seen};
    analyze {own}
"""


def copy_schema(conn: connection, live: str, own: str, seen: str) -> None:
    """Copy a schema's tables with rows, checks and indexes; dbt restores the foreign keys.

    `own` is to be built on, `seen` keeps the rows for comparison. Commits.
    """
    with conn.cursor() as cur:
        for schema in (own, seen):
            query = sql.SQL("create schema if not exists {}")
            cur.execute(query.format(sql.Identifier(schema)))
        for table in read_tables(conn, live):
            parts = {
                "own": table.within(own),
                "seen": table.within(seen),
                "live": table.within(live),
                "columns": column_list(table.columns),
            }
            cur.execute(sql.SQL(COPY).format(**parts))
    conn.commit()


def copy_comment(conn: connection, table: str, copy: str) -> None:
    """Copy the comment of a table, if it has one. Commits."""
    with conn.cursor() as cur:
        cur.execute("select obj_description(to_regclass(%s))", [table])
        if (comment := cur.fetchone()[0]) is not None:
            cur.execute(f"comment on table {copy} is %s", [comment])
    conn.commit()


def create_union_views(
    conn: connection, tables: Sequence[str], schemas: Sequence[str], target: str
) -> None:
    """Create the schema `target` with a view for each table: the rows of all schemas that have it,
    with nulls for columns that one of them lacks. Commits.
    """
    with conn.cursor() as cur:
        cur.execute(sql.SQL("create schema {}").format(sql.Identifier(target)))
        for table in tables:
            found = {schema: columns_of(conn, schema, table) for schema in schemas}
            present = {schema: columns for schema, columns in found.items() if columns}
            all_columns = tuple(dict.fromkeys(chain.from_iterable(present.values())))
            parts = [
                sql.SQL("select {} from {}").format(
                    columns_or_nulls(all_columns, columns), sql.Identifier(schema, table)
                )
                for schema, columns in present.items()
            ]
            cur.execute(
                sql.SQL("create view {} as {}").format(
                    sql.Identifier(target, table), sql.SQL(" union all ").join(parts)
                )
            )
    conn.commit()
