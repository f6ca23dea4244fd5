"""The command `playledger verify`, and the account as every command shows it.

ledger, files ──► verify() ──► account in the terminal, PLAYLEDGER_HOME/account.json, exit code
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.json_file import write_json

if TYPE_CHECKING:
    from datetime import timedelta

    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings
    from playledger.audit.account import Account


@click.command(epilog=examples("verify", "verify --max-age 26h"))
@click.option(
    "--max-age",
    metavar="AGE",
    help="Also exit 4 when the newest export or scrape was loaded longer ago than AGE (90m, 26h, "
    "7d). A file counts from its first load; views and older exports do not count.",
)
@exit_code
def verify(max_age: str | None) -> Exit:
    """Compare the ledger with its files; exit 4 when a check fails."""
    from loaders.database import open_database
    from loaders.settings import read_settings
    from playledger.audit.freshness import read_limit
    from playledger.audit.verification import verify as verify_ledger
    from playledger.console.terminal import console

    limit = read_limit(max_age) if max_age is not None else None
    settings = read_settings()
    database = open_database(settings)
    account, missing_files = verify_ledger(settings, database)
    show_account(account, missing_files, settings, console())
    is_stale = limit is not None and _show_ages(database, limit)
    return Exit.INTEGRITY if account.failed or is_stale else Exit.DONE


def show_account(
    account: Account,
    missing_files: int,
    settings: Settings,
    console: Console,
    name: str = "account.json",
) -> None:
    """Print the account, and write it as JSON to PLAYLEDGER_HOME."""
    from playledger.console.account import render_account

    render_account(account, console)
    if missing_files:
        click.echo(f"{missing_files} loaded files were not found: no figure is compared with them.")
    path = settings.home / name
    write_json(path, account.as_json())
    click.echo(f"The account as JSON: {path}")


def _show_ages(database: Database, limit: timedelta) -> bool:
    """Print the age of the data, and return whether any of it is stale."""
    from playledger.audit.freshness import measure_ages

    with database.connect() as conn:
        ages = measure_ages(conn)
    for age in ages:
        click.secho(age.describe(limit), fg="red" if age.is_stale(limit) else None)
    return any(age.is_stale(limit) for age in ages)
