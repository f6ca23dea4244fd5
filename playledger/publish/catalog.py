"""What PostgreSQL's catalog says of tables: columns, primary keys, foreign keys.

connection, schema ──► read_tables() ──► Table ..., parents first
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter

from psycopg2 import sql
from psycopg2.extensions import connection

BOOKKEEPING = ("sync_runs", "plans", "plan_rows")  # the tables of runs and plans: never published

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
    """A table: its columns in order without generated ones, its primary key's columns, and the
    tables of the same schema that its foreign keys reference.
    """

    schema: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parents: tuple[str, ...] = ()

    def within(self, schema: str) -> sql.Identifier:
        """The table of the same name in another schema."""
        return sql.Identifier(schema, self.name)


def read_tables(conn: connection, schema: str) -> list[Table]:
    """The tables of a schema, each after those that its foreign keys reference."""
    with conn.cursor() as cur:
        cur.execute(TABLES, [schema, list(BOOKKEEPING)])
        found = {
            name: Table(schema, name, tuple(columns), tuple(key or ()), tuple(parents or ()))
            for name, columns, key, parents in cur
        }
    order = TopologicalSorter({name: sorted(table.parents) for name, table in found.items()})
    return [found[name] for name in order.static_order() if name in found]


def keyed_tables(conn: connection, schema: str) -> list[Table]:
    """The tables with a primary key. One without is rebuilt by every build and never published."""
    return [table for table in read_tables(conn, schema) if table.key]


def columns_of(conn: connection, schema: str, table: str) -> tuple[str, ...]:
    """The columns of a table; none when it does not exist."""
    with conn.cursor() as cur:
        cur.execute(
            "select attname from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 "
            "and not attisdropped order by attnum",
            [sql.Identifier(schema, table).as_string(conn)],
        )
        return tuple(name for (name,) in cur)


def columns_by_table(conn: connection, schemas: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The columns of every table of some schemas, by schema and table, in one query."""
    found: dict[str, dict[str, tuple[str, ...]]] = {schema: {} for schema in schemas}
    with conn.cursor() as cur:
        cur.execute(COLUMNS, [schemas])
        for schema, table, columns in cur:
            found[schema][table] = tuple(columns)
    return found


def same_key(key: tuple[str, ...]) -> sql.Composable:
    """The condition that `live`, a live row, and `wanted`, a planned one, have the same key."""
    return sql.SQL(" and ").join(
        sql.SQL("live.{0} = wanted.{0}").format(sql.Identifier(name)) for name in key
    )


def live_md5(columns: tuple[str, ...]) -> sql.Composable:
    """The MD5 of some columns of `live`, as plans have it of whole rows."""
    query = "md5((select to_jsonb(live_row)::text from (select {}) as live_row))"
    return sql.SQL(query).format(column_list(columns, "live"))


def columns_or_nulls(columns: tuple[str, ...], present: tuple[str, ...]) -> sql.Composable:
    """A select list of these columns, with null for those that are not present."""
    return sql.SQL(", ").join(
        sql.Identifier(name)
        if name in present
        else sql.SQL("null as {}").format(sql.Identifier(name))
        for name in columns
    )


def column_list(columns: tuple[str, ...], alias: str | None = None) -> sql.Composable:
    """The columns, separated by commas and qualified by a row's alias if one is given."""
    parts = (sql.Identifier(*([alias] if alias else []), column) for column in columns)
    return sql.SQL(", ").join(parts)
