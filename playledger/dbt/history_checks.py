"""Truths about the whole history: a build checks what it touched, `verify --all` everything.

    forget_checks() ──► no file counts as checked ──► check_everything() ──► tests that failed

A test notes the files that it has found in order (`macros/build/checked_files.sql`), and the inputs
with which it has passed (`macros/build/build_states.sql`).
"""

from pathlib import Path

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.database import Database
from playledger.dbt.build import BuildResult
from playledger.dbt.build_on import build_on

TARGET = "verify"


def check_everything(database: Database, schema: str, home: Path) -> BuildResult:
    """Run every dbt test on the ledger, over all files; raises UserError when dbt cannot start."""
    with database.connect() as conn:
        forget_checks(conn, schema)
    return build_on(database, schema, TARGET, home / TARGET, "--resource-type", "test")


def forget_checks(conn: connection, schema: str) -> None:
    """Let the next run of each test look at all files again; commit."""
    working = f"{schema}_intermediate"
    with conn.cursor() as cursor:
        # A note of a test has no rules, and no state.
        for notes, column in (("read_files", "nullif(rules, '')"), ("build_states", "state")):
            cursor.execute("select to_regclass(%s)", [f'"{working}".{notes}'])
            if cursor.fetchone()[0]:
                statement = sql.SQL("delete from {} where {} is null")
                cursor.execute(statement.format(sql.Identifier(working, notes), sql.SQL(column)))
    conn.commit()
