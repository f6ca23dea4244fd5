"""What PostgreSQL's catalog says of tables: their columns, keys, and who points at whom.

connection, schema ──► read_tables() ──► Table ..., parents first
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection

OWN = ("sync_runs", "plans", "plan_rows")  # of publishing itself: no part of what is published

TABLES = """
    select
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
        )
    from pg_class
    inner join pg_namespace on relnamespace = pg_namespace.oid
    where nspname = %s and relkind in ('r', 'p') and relname <> all(%s)
    order by relname
"""

COLUMNS = """
    select nspname, relname, array_agg(attname order by attnum)
    from pg_class
    inner join pg_namespace on relnamespace = pg_namespace.oid
    inner join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where nspname = any(%s) and relkind in ('r', 'p')
    group by nspname, relname
    order by nspname, relname
"""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in their order, those of its primary key, and whom it points at."""

    schema: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parents: tuple[str, ...] = ()

    def within(self, schema: str) -> sql.Identifier:
        """The table of this name in a schema."""
        return sql.Identifier(schema, self.name)


def read_tables(conn: connection, schema: str) -> list[Table]:
    """The tables of a schema, each behind those that its foreign keys point at."""
    with conn.cursor() as cur:
        cur.execute(TABLES, [schema, list(OWN)])
        found = {
            name: Table(schema, name, tuple(columns), tuple(key or ()), tuple(parents or ()))
            for name, columns, key, parents in cur
        }
    order = TopologicalSorter({name: sorted(table.parents) for name, table in found.items()})
    return [found[name] for name in order.static_order() if name in found]


def keyed_tables(conn: connection, schema: str) -> list[Table]:
    """Those with a primary key: one without is made anew by each build, and nobody's to publish."""
    return [table for table in read_tables(conn, schema) if table.key]


def columns_of(conn: connection, schema: str, table: str) -> tuple[str, ...]:
    """The columns of a table; none when it is not there."""
    with conn.cursor() as cur:
        cur.execute(
            "select attname from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 "
            "and not attisdropped order by attnum",
            [sql.Identifier(schema, table).as_string(conn)],
        )
        return tuple(name for (name,) in cur)


def columns_within(conn: connection, schemas: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The columns of every table of some schemas, by schema and table, in one question."""
    found: dict[str, dict[str, tuple[str, ...]]] = {schema: {} for schema in schemas}
    with conn.cursor() as cur:
        cur.execute(COLUMNS, [schemas])
        for schema, table, columns in cur:
            found[schema][table] = tuple(columns)
    return found


def same_key(key: tuple[str, ...]) -> sql.Composable:
    """That `known`, a live row, is the one that `given` means."""
    return sql.SQL(" and ").join(
        sql.SQL("known.{0} = given.{0}").format(sql.Identifier(name)) for name in key
    )


def known_md5(columns: tuple[str, ...]) -> sql.Composable:
    """The MD5 of some columns of `known`, as plans have it of whole rows."""
    query = "md5((select to_jsonb(known_row)::text from (select {}) as known_row))"
    return sql.SQL(query).format(names(columns, "known"))


def with_nulls(columns: tuple[str, ...], present: tuple[str, ...]) -> sql.Composable:
    """Columns with commas between them, those that a table lacks as null."""
    return sql.SQL(", ").join(
        sql.Identifier(name)
        if name in present
        else sql.SQL("null as {}").format(sql.Identifier(name))
        for name in columns
    )


def names(columns: tuple[str, ...], prefix: str | None = None) -> sql.Composable:
    """Columns with commas between them, each behind the name of a row if there is one."""
    parts = (sql.Identifier(*([prefix] if prefix else []), column) for column in columns)
    return sql.SQL(", ").join(parts)
