"""The database roles with the least rights: the script that creates them, and running it.

    production/roles.sql + LEDGER_SCHEMA ──► render_script() ──► SQL ──► run_script() ──► changes

A second run changes only what is not as it should be.
"""

import logging

import psycopg2

from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import find_project

logger = logging.getLogger(__name__)

SCRIPT = "production/roles.sql"
SETTING = "set local ledger.schema = 'ledger';"
CHANGES = ("Created ", "Changed ")  # how the script's notices of changes begin


def render_script(schema: str) -> str:
    """The script for a ledger in this schema; it holds no password.

    Raises UserError when the file lacks the line that names the schema.
    """
    path = find_project() / SCRIPT
    script = path.read_text("utf-8")
    if script.count(SETTING) != 1:
        raise UserError(f"{path} was changed: it must have the line `{SETTING}` once.")
    quoted = schema.replace("'", "''")
    return script.replace(SETTING, f"set local ledger.schema = '{quoted}';")


def run_script(database: Database, schema: str) -> list[str]:
    """Run the script; what it changed, a sentence each.

    Raises UserError when the user of the database lacks a right; then nothing was changed.
    """
    with database.connect() as conn:
        conn.autocommit = True  # the script is a transaction of its own
        try:
            with conn.cursor() as cur:
                cur.execute(render_script(schema))
        except psycopg2.Error as error:
            if isinstance(error, psycopg2.OperationalError):
                raise
            message, hint = error.diag.message_primary or str(error), error.diag.message_hint
            advice = f"{hint}\n" if hint else ""
            raise UserError(f"{message}\n{advice}Nothing was changed.") from None
        notices = [line.partition("NOTICE:")[2].strip() for line in conn.notices]
    changes = [notice for notice in notices if notice.startswith(CHANGES)]
    logger.info("roles: %d changes", len(changes))
    return changes


def describe_roles(schema: str) -> str:
    """What each role may do, for a ledger in this schema; a line each."""
    app = "app" if schema == "ledger" else f"{schema}_app"
    return (
        "  ledger_loader   writes staging\n"
        f"  ledger_builder  reads staging; owns {schema} and the schemas beside it, and may create "
        "more\n"
        f"  ledger_reader   reads {schema}, {schema}_quality, {app} and {schema}_history"
    )
