"""The roles of a database with the least rights: the script, and running it.

    production/roles.sql + LEDGER_SCHEMA ──► the SQL: printed, or run in one transaction

A second run changes only what is not as it should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from loaders.errors import Exit, UserError
from loaders.settings import PROJECT, read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples

if TYPE_CHECKING:
    from loaders.database import Database

SCRIPT = PROJECT / "production" / "roles.sql"
SETTING = "set local ledger.schema = 'ledger';"


@click.command(epilog=examples("roles", "roles --sql"))
@click.option("--sql", "is_sql", is_flag=True, help="Print the SQL and run nothing.")
@exit_code
def roles(is_sql: bool) -> Exit:
    """Make the roles ledger_loader, ledger_builder and ledger_reader, and hand them their schemas.

    Run it as the owner of the database, and again when a user was given one of the roles.
    """
    from loaders.database import open_database

    settings = read_settings()
    if is_sql:
        click.echo(render(settings.schema), nl=False)
        return Exit.DONE
    database = open_database(settings)
    for sentence in run(database, settings.schema):
        click.echo(sentence)
    click.echo(f"The roles of {database.address} are as they should be:")
    click.echo(in_words(settings.schema))
    click.echo("A person gives a user one of them: grant ledger_reader to web_user;")
    return Exit.DONE


def render(schema: str) -> str:
    """The script for a ledger in this schema; it holds no password."""
    script = SCRIPT.read_text("utf-8")
    if script.count(SETTING) != 1:
        raise UserError(f"{SCRIPT} was changed: it must hold the line `{SETTING}` once.")
    quoted = schema.replace("'", "''")
    return script.replace(SETTING, f"set local ledger.schema = '{quoted}';")


def run(database: Database, schema: str) -> list[str]:
    """Run the script, and say what it changed, a sentence each.

    Raises UserError when the user of the database lacks a right; then nothing was changed.
    """
    import psycopg2

    with database.connect() as conn:
        conn.autocommit = True  # the script is a transaction of its own
        try:
            with conn.cursor() as cursor:
                cursor.execute(render(schema))
        except psycopg2.Error as error:
            if isinstance(error, psycopg2.OperationalError):
                raise
            message, hint = error.diag.message_primary or str(error), error.diag.message_hint
            advice = f"{hint}\n" if hint else ""
            raise UserError(f"{message}\n{advice}Nothing was changed.") from None
        notices = [line.partition("NOTICE:")[2].strip() for line in conn.notices]
    return [notice for notice in notices if notice.startswith(("Made ", "Handed "))]


def in_words(schema: str) -> str:
    """Who does what, for a ledger in this schema; a line each."""
    app = "app" if schema == "ledger" else f"{schema}_app"
    return (
        "  ledger_loader   writes staging\n"
        f"  ledger_builder  reads staging; writes {schema} and the schemas beside it, and may make "
        "more\n"
        f"  ledger_reader   reads {schema}, {schema}_quality, {app} and {schema}_history"
    )
