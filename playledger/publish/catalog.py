"""What PostgreSQL's catalog says of tables: columns, primary keys, foreign keys.

connection, schema ──► read_tables() ──► Table ..., parents first
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter

from psycopg2 import sql
from psycopg2.extensions import connection

BOOKKEEPING = ("sync_runs", "plans", "plan_rows")  # the tables of runs and plans: never published

TABLES = """
    select
        nspname,
        relname,
        (
            select array_agg(attname order by attnum) from pg_attribute
            where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
        ),
        (
            select array_agg(attname order by array_position(conkey, attnum))
            from pg_constraint
            inner join pg_attribute on attrelid = conrelid and attnum = any(conkey)
            where conrelid = pg_class.oid and contype = 'p'
        ),
        (
            select array_agg(distinct parent.relname)
            from pg_constraint
            inner join pg_class as parent on confrelid = parent.oid
            where
                conrelid = pg_class.oid and contype = 'f' and confrelid <> conrelid
                and parent.relnamespace = pg_class.relnamespace
        ),
        obj_description(pg_class.oid, 'pg_class')
    from pg_class
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname = any(%s) and relkind in ('r', 'p') and relname <> all(%s)
    order by nspname, relname
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order without generated ones, its primary key's columns, the tables
    of the same schema that its foreign keys reference, and its comment.
    """

    schema: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parents: tuple[str, ...]
    comment: str | None


def _find_tables(conn: connection, schemas: Iterable[str]) -> list[Table]:
    with conn.cursor() as cur:
        cur.execute(TABLES, [list(schemas), list(BOOKKEEPING)])
        return [
            Table(schema, name, *(tuple(each or ()) for each in lists), comment)
            for schema, name, *lists, comment in cur
        ]


def read_tables(conn: connection, schema: str) -> list[Table]:
    """The tables of a schema, each after those that its foreign keys reference."""
    found = {table.name: table for table in _find_tables(conn, [schema])}
    order = TopologicalSorter({name: sorted(table.parents) for name, table in found.items()})
    return [found[name] for name in order.static_order() if name in found]


def keyed_tables(conn: connection, schema: str) -> list[Table]:
    """The tables with a primary key. One without is rebuilt by every build and never published."""
    return [table for table in read_tables(conn, schema) if table.key]


def read_columns(conn: connection, *schemas: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The columns of every table of some schemas, by schema and table; none of one that is not."""
    found = {(table.schema, table.name): table.columns for table in _find_tables(conn, schemas)}
    return defaultdict(tuple, found)


def same_key(key: tuple[str, ...]) -> sql.Composable:
    """The condition that `live`, a live row, and `wanted`, a planned one, have the same key."""
    return sql.SQL(" and ").join(
        sql.SQL("live.{0} = wanted.{0}").format(sql.Identifier(name)) for name in key
    )


def live_md5(columns: tuple[str, ...]) -> sql.Composable:
    """The MD5 of some columns of `live`, as plans have it of whole rows."""
    query = "md5((select to_jsonb(live_row)::text from (select {}) as live_row))"
    return sql.SQL(query).format(column_list(columns, "live"))


def select_columns(
    columns: tuple[str, ...], schema: str, table: str, present: tuple[str, ...]
) -> sql.Composable:
    """A query of these columns of a table, with null for those that are not present."""
    parts = (
        sql.SQL("{}" if name in present else "null as {}").format(sql.Identifier(name))
        for name in columns
    )
    query = sql.SQL("select {} from {}")
    return query.format(sql.SQL(", ").join(parts), sql.Identifier(schema, table))


def column_list(columns: tuple[str, ...], alias: str | None = None) -> sql.Composable:
    """The columns, separated by commas and qualified by a row's alias if one is given."""
    parts = (sql.Identifier(*([alias] if alias else []), column) for column in columns)
    return sql.SQL(", ").join(parts)
