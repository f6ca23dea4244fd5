"""How a command ends: with an exit code, and a sentence in place of a traceback.

    a command's Exit, or what it raises ──► exit_code() ──► stderr, exit code, PLAYLEDGER_HOME/logs

Only an unexpected error writes a log.
"""

import functools
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from loaders.errors import Exit, UserError
from loaders.settings import find_project, read_settings
from loaders.text import first_line


def exit_code(command: Callable[..., Exit]) -> Callable[..., None]:
    """Exit with the command's code; print errors as sentences."""

    @functools.wraps(command)
    def run(*arguments: object, **options: object) -> None:
        _print_project()
        try:
            code = command(*arguments, **options)
        except UserError as error:
            click.secho(str(error), err=True, fg="red")
            code = error.exit_code
        except KeyboardInterrupt:
            click.echo("Stopped. Run the same command again to continue.", err=True)
            code = Exit.PARTLY
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise  # click ends these itself
        except Exception as error:
            click.secho(_log_unexpected(error), err=True, fg="red")
            code = Exit.NOTHING
        sys.exit(int(code))

    return run


def _print_project() -> None:
    """Say which project folder a command uses, unless it is the current one."""
    try:
        project = find_project()
    except UserError:
        return  # the commands that need one say so
    if project != Path.cwd():
        click.echo(f"Project: {project}", err=True)


def _log_unexpected(error: Exception) -> str:
    """Write the traceback to a file; the sentence for the user."""
    reason = first_line(error)
    if type(error).__name__ in ("UndefinedTable", "UndefinedColumn"):
        reason += "\nIf another version of the project made this database: run `make load` and "
        reason += "`dbt build`, then the same command again."
    sentence = f"Unexpected error: {type(error).__name__}: {reason}\n"
    log = Path("logs") / f"{datetime.now():%Y-%m-%d_%H%M%S_%f}.log"
    try:
        log = read_settings().home / log
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
    except (OSError, UserError) as refused:
        why = getattr(refused, "strerror", None) or first_line(refused)
        return f"{sentence}Its traceback could not be written to {log}: {why}."
    return f"{sentence}Its traceback is in {log}."
