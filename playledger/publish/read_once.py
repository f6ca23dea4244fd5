"""Tables that keep what they read: a candidate goes on with the live ones, and gives its own back.

    live tables and notes ──► copy_read_once() ──► the candidate's build reads the new files alone
    published candidate ──► return_read_once() ──► live tables and notes, for the next candidate

The notes of what was read say which tables those are (`macros/build/read_once.sql`, `by_key.sql`).
Nobody else fills them where rows are published, and a build makes them anew where they are missing.
"""

from psycopg2 import sql
from psycopg2.extensions import connection, cursor

from playledger.publish.catalog import column_list, read_tables

NOTES = "read_files"
PARTS = ("_intermediate", "_staging")


def copy_read_once(conn: connection, live: str, own: str) -> None:
    """Copy the live tables that keep what they read, and their notes. Commits."""
    with conn.cursor() as cur:
        for part, name, columns in _find_read_tables(conn, live):
            copy = sql.SQL(
                "create schema if not exists {schema}; "
                "create table {own} (like {live} including all); "
                "insert into {own} ({columns}) select {columns} from {live}; analyze {own}"
            )
            cur.execute(
                copy.format(
                    schema=sql.Identifier(own + part),
                    own=sql.Identifier(own + part, name),
                    live=sql.Identifier(live + part, name),
                    columns=column_list(columns),
                )
            )
    conn.commit()


def return_read_once(conn: connection, own: str, live: str) -> int:
    """Replace the rows of the live tables with the candidate's, with the notes. Commits.

    Returns how many tables were filled: those that are the same on both sides.
    """
    there = set(_tables_of(conn, live))
    found = [table for table in _find_read_tables(conn, own) if table in there]
    filled = [name for _, name, _ in found if name != NOTES]
    with conn, conn.cursor() as cur:
        for part, name, columns in found:
            if name == NOTES:
                continue
            _fill(cur, sql.Identifier(own + part, name), sql.Identifier(live + part, name), columns)
        if filled:
            _forget_states(cur, live + PARTS[0])
            notes = sql.Identifier(live + PARTS[0], NOTES)
            cur.execute(sql.SQL("delete from {}").format(notes))
            # A note of a test has no rules, one of a model that reads no files no file.
            cur.execute(
                sql.SQL(
                    "insert into {} select * from {} "
                    "where model = any(%s) or rules = '' or file_sha256 = ''"
                ).format(notes, sql.Identifier(own + PARTS[0], NOTES)),
                [filled],
            )
    return len(filled)


def _forget_states(cur: cursor, schema: str) -> None:
    """Let the next build look at every model again: it did not write these rows itself."""
    cur.execute("select to_regclass(%s)", [f'"{schema}".build_states'])
    if cur.fetchone()[0]:
        cur.execute(sql.SQL("delete from {}").format(sql.Identifier(schema, "build_states")))


def _fill(
    cur: cursor, source: sql.Identifier, target: sql.Identifier, columns: tuple[str, ...]
) -> None:
    statement = (
        "delete from {target}; insert into {target} ({columns}) select {columns} from {source}"
    )
    cur.execute(
        sql.SQL(statement).format(target=target, columns=column_list(columns), source=source)
    )


def _tables_of(conn: connection, schema: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(part of the schema's name, table, columns) beside a ledger's schema."""
    return [
        (part, table.name, tuple(sorted(table.columns)))
        for part in PARTS
        for table in read_tables(conn, schema + part)
    ]


def _find_read_tables(conn: connection, schema: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The tables that the notes name, and the notes; none where nothing was ever built."""
    tables = _tables_of(conn, schema)
    if not any(name == NOTES for _, name, _ in tables):
        return []
    with conn.cursor() as cur:
        cur.execute(
            sql.SQL(
                "select distinct model from {} where file_sha256 <> '' or version <> ''"
            ).format(sql.Identifier(schema + PARTS[0], NOTES))
        )
        noted = {NOTES, *(model for (model,) in cur)}
    return [table for table in tables if table[1] in noted]
