"""What the staging schemas hold: every query of a load on them.

connection ──► held_files(), known_exports(), incomplete_datasets() ...

A file counts when a finished load brought it. Each question has an answer also where a schema is
not there yet, or an older version made it.
"""

from collections.abc import Iterator
from functools import partial

from psycopg2.extensions import connection

from loaders.export_order import KnownExport
from loaders.files.last_modified import MIXED, Order, read_change
from loaders.files.staging_schema import STAGING

Columns = set[tuple[str, str]]  # (table, column)
NEEDED_FOR_FILES: Columns = {("files", "file_sha256"), ("_dlt_loads", "status")}

FINISHED = """
    select files.file_sha256
    from {dataset}.files as files
    inner join {dataset}._dlt_loads as loads on loads.load_id = files._dlt_load_id
    where loads.status = 0
    order by files.loaded_at, files.file_sha256
"""
EXPORTS = """
    select
        file_name, record_count, newest_change, coverage is distinct from 'view',
        file_sha256, run_key, to_jsonb(files) ->> 'last_modified_order'
    from staging_airtable.files as files
    inner join staging_airtable._dlt_loads on load_id = _dlt_load_id and status = 0
    order by loaded_at, file_sha256
"""
CHANGES = """
    select campaign, last_modified from staging_airtable.campaigns
    where file_sha256 = %s and run_key = %s and campaign = any(%s)
"""
TYPED_ORDERS = """
    select distinct on (file_sha256) file_sha256, date_order, newest_change
    from staging_airtable.date_orders
    order by file_sha256, decided_at desc
"""
GROWN = """
    select relname from pg_class
    where
        relnamespace = to_regnamespace(%s) and relkind = 'r'
        and pg_stat_get_mod_since_analyze(oid) * 10 > reltuples
"""  # -1 tuples: never counted
OF_FILES = {"files", "_dlt_loads"}  # a row for each file or load
COVERAGE = "select file_sha256, coverage is distinct from 'view' from staging_airtable.files"


def finished_files(conn: connection, dataset: str) -> list[str]:
    """The SHA-256 of every file that a dataset holds, in the order of loading."""
    if not NEEDED_FOR_FILES.issubset(_columns(conn)[dataset]):
        return []
    with conn.cursor() as cursor:
        cursor.execute(FINISHED.format(dataset=dataset))
        return [sha256 for (sha256,) in cursor]


def held_files(conn: connection) -> set[str]:
    """The SHA-256 of every file that staging holds."""
    return {sha256 for dataset in STAGING for sha256 in finished_files(conn, dataset)}


def known_exports(conn: connection) -> list[KnownExport]:
    """The exports that staging holds, in the order of loading."""
    columns = _columns(conn)["staging_airtable"]
    if not NEEDED_FOR_FILES | {("files", "coverage")} <= columns:
        return []
    typed, exports = _typed_orders(conn), []
    with conn.cursor() as cursor:
        cursor.execute(EXPORTS)
        for name, rows, change, is_full, file_sha256, run_key, order in cursor.fetchall():
            # An earlier version stored no order, and read every file as month/day.
            own = None if order == MIXED else order or "month_day"
            order, newest = typed.get(file_sha256, (own, change))
            changes = partial(_changes_of, conn, file_sha256, run_key, order)
            exports.append(KnownExport(name, rows, newest, is_full, changes))
    return exports


def typed_orders(conn: connection) -> dict[str, Order]:
    """The order of day and month that a person named for an export, by SHA-256."""
    return {sha256: order for sha256, (order, _) in _typed_orders(conn).items()}


def export_coverage(conn: connection) -> dict[str, bool]:
    """Whether each export was loaded as the full list, by SHA-256."""
    with conn.cursor() as cursor:
        cursor.execute(COVERAGE)
        return dict(cursor.fetchall())


def incomplete_datasets(conn: connection) -> set[str]:
    """The datasets that lack a table or column: dlt adds what an older version did not make."""
    present = _columns(conn)
    return {
        dataset
        for dataset, tables in STAGING.items()
        for table, columns in tables.items()
        if not {(table, column) for column in columns} | NEEDED_FOR_FILES <= present[dataset]
    }


def analyze(conn: connection, dataset: str, schema: str) -> None:
    """Let PostgreSQL count the rows of a dataset's tables in a schema, and its loads; commit.

    The models ask for the new rows next, joined to their loads, and nobody else would have counted
    them by then. Of a table that has grown by less than a tenth only the columns are counted by
    which it is joined: all columns of 20,000 rows take a second, however few are new.
    """
    with conn.cursor() as cursor:
        cursor.execute(GROWN, [schema])
        grown = {table for (table,) in cursor}
        for table in (*STAGING[dataset], "_dlt_loads"):
            columns = "" if table in grown or table in OF_FILES else "(file_sha256, run_key)"
            cursor.execute(f"analyze {schema}.{table} {columns}")
    conn.commit()


def _columns(conn: connection) -> dict[str, Columns]:
    """What each dataset has, nothing where its schema is not there."""
    present: dict[str, Columns] = {dataset: set() for dataset in STAGING}
    with conn.cursor() as cursor:
        cursor.execute(
            "select table_schema, table_name, column_name from information_schema.columns "
            "where table_schema = any(%s)",
            [list(STAGING)],
        )
        for dataset, table, column in cursor:
            present[dataset].add((table, column))
    return present


def _typed_orders(conn: connection) -> dict[str, tuple[Order, str | None]]:
    """Order and newest change by it; nothing where an earlier version made staging."""
    if ("date_orders", "date_order") not in _columns(conn)["staging_airtable"]:
        return {}
    with conn.cursor() as cursor:
        cursor.execute(TYPED_ORDERS)
        return {sha256: (order, newest) for sha256, order, newest in cursor}


def _changes_of(
    conn: connection, file_sha256: str, run_key: str, order: Order | None, campaigns: set[str]
) -> Iterator[tuple[str, str | None]]:
    with conn.cursor() as cursor:
        cursor.execute(CHANGES, [file_sha256, run_key, list(campaigns)])
        for campaign, cell in cursor:
            yield campaign, read_change(cell).read(order)
