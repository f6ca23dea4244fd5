"""Copies of schemas, for a candidate to be built on beside what is live.

live schema ──► copy_schema() ──► tables of its own, and their rows as they were copied
schemas of rows ──► show_together() ──► views on all of them
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from psycopg2 import sql

from playledger.publish.catalog import columns_of, names, read_tables, with_nulls

if TYPE_CHECKING:
    from psycopg2.extensions import connection

COPY = """
    create unlogged table {seen} as select {columns} from {there};
    create table {here} (like {there} including all);
    insert into {here} ({columns}) overriding system value select {columns} from {seen};
    analyze {seen};
    analyze {here}
"""


def copy_schema(conn: connection, live: str, own: str, seen: str) -> None:
    """The tables of a schema with rows, checks and indexes; foreign keys dbt puts back.

    `own` is for building on, `seen` keeps the rows for comparing. Commits.
    """
    with conn.cursor() as cur:
        for schema in (own, seen):
            query = sql.SQL("create schema if not exists {}")
            cur.execute(query.format(sql.Identifier(schema)))
        for table in read_tables(conn, live):
            parts = {
                "here": table.within(own),
                "seen": table.within(seen),
                "there": table.within(live),
                "columns": names(table.columns),
            }
            cur.execute(sql.SQL(COPY).format(**parts))
    conn.commit()


def copy_comment(conn: connection, table: str, copy: str) -> None:
    """What a table says of itself: of which files its rows come. Commits."""
    with conn.cursor() as cur:
        cur.execute("select obj_description(to_regclass(%s))", [table])
        if (comment := cur.fetchone()[0]) is not None:
            cur.execute(f"comment on table {copy} is %s", [comment])
    conn.commit()


def show_together(
    conn: connection, tables: Sequence[str], schemas: Sequence[str], shown: str
) -> None:
    """A new schema `shown` with a view for each table: its rows of all schemas that have it, and
    nulls for columns that one of them lacks. Commits.
    """
    with conn.cursor() as cur:
        cur.execute(sql.SQL("create schema {}").format(sql.Identifier(shown)))
        for table in tables:
            places = {
                schema: columns
                for schema in schemas
                if (columns := columns_of(conn, schema, table))
            }
            everything = tuple(dict.fromkeys(sum(places.values(), ())))
            parts = [
                sql.SQL("select {} from {}").format(
                    with_nulls(everything, present), sql.Identifier(schema, table)
                )
                for schema, present in places.items()
            ]
            cur.execute(
                sql.SQL("create view {} as {}").format(
                    sql.Identifier(shown, table), sql.SQL(" union all ").join(parts)
                )
            )
    conn.commit()
