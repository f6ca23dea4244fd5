"""The command `roles`: create the database roles, or print the script that does.

options ──► render_script(), run_script() ──► what was changed, an exit code
"""

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples


@click.command(epilog=examples("roles", "roles --sql"))
@click.option("--sql", "is_sql", is_flag=True, help="Print the SQL and run nothing.")
@exit_code
def roles(is_sql: bool) -> Exit:
    """Create the roles ledger_loader, ledger_builder and ledger_reader, and their schemas.

    Run it as the owner of the database, and again when a user was given one of the roles.
    """
    from loaders.database import open_database
    from playledger.publish.roles import describe_roles, render_script, run_script

    settings = read_settings()
    if is_sql:
        click.echo(render_script(settings.schema), nl=False)
        return Exit.DONE
    database = open_database(settings)
    for sentence in run_script(database, settings.schema):
        click.echo(sentence)
    click.echo(f"The roles of {database.address} are as they should be:")
    click.echo(describe_roles(settings.schema))
    click.echo("To give a user one of them: grant ledger_reader to web_user;")
    return Exit.DONE
