"""The command `playledger verify`, and the account as every command shows it.

ledger, files ──► verify() ──► account in the terminal, PLAYLEDGER_HOME/account.json, exit code
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from loaders.settings import Settings, read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database
    from playledger.audit.account import Account


@click.command(epilog=examples("verify", "verify --all", "verify --max-age 26h"))
@click.option(
    "--max-age",
    metavar="AGE",
    help="Also exit 4 when the newest export or scrape was loaded longer ago than AGE (90m, 26h, "
    "7d). A file counts from its first load; views and older exports do not count.",
)
@click.option(
    "--all",
    "is_everything",
    is_flag=True,
    help="Count every file again, and run every dbt test over the whole history; else files that "
    "were counted before are not read, and a build tests the files that it reads.",
)
@exit_code
def verify(max_age: str | None, is_everything: bool) -> Exit:
    """Compare the ledger with its files; exit 4 when a check fails."""
    from loaders.database import open_database
    from playledger.audit.freshness import measure_ages, read_limit
    from playledger.audit.verification import verify as verify_ledger
    from playledger.console.terminal import console

    limit = read_limit(max_age) if max_age is not None else None
    settings = read_settings()
    database = open_database(settings)
    account, missing_files = verify_ledger(settings, database, is_anew=is_everything)
    show_account(account, missing_files, settings, console(), "account.json")
    # Both are told, whichever fails.
    holds = not is_everything or _history_holds(settings, database)
    is_failed = bool(account.failed) or not holds
    is_stale = False
    if limit is not None:
        with database.connect() as conn:
            ages = measure_ages(conn)
        for age in ages:
            click.secho(age.describe(limit), fg="red" if age.is_stale(limit) else None)
        is_stale = any(age.is_stale(limit) for age in ages)
    return Exit.INTEGRITY if is_failed or is_stale else Exit.DONE


def _history_holds(settings: Settings, database: Database) -> bool:
    """Whether every test passes over all files; prints those that fail."""
    from playledger.dbt.history_checks import check_everything

    click.echo("Running every test over the whole history ...")
    result = check_everything(database, settings.schema, settings.home)
    for failure in result.failures:
        click.secho(failure, fg="red")
    passed = len(result.nodes) - len(result.failures)
    click.echo(f"{passed} of {len(result.nodes)} tests passed over the whole history.")
    return result.is_good


def show_account(
    account: Account, missing_files: int, settings: Settings, console: Console, name: str
) -> None:
    """Print the account, and write it as JSON to PLAYLEDGER_HOME."""
    import orjson

    from loaders.atomic_files import write_whole
    from playledger.console.account import render_account

    render_account(account, console)
    if missing_files:
        click.echo(f"{missing_files} loaded files were not found: no figure is compared with them.")
    path = settings.home / name
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    write_whole(path, orjson.dumps(account.as_json(), option=option))
    click.echo(f"The account as JSON: {path}")
