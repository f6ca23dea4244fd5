"""The command `playledger report`, and the report that each run of the main job leaves.

ledger, files ──► verify() ──► write_report() ──► report.html
run that fails ──► reported() ─────┘ what is known by then
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH

if TYPE_CHECKING:
    from loaders.settings import Settings
    from playledger.runs.log import RunLog
    from playledger.sync.job import JobResult


@click.command(epilog=examples("report --out week.html"))
@click.option(
    "--out",
    type=ANY_PATH,
    metavar="FILE",
    help="Where to write it; else PLAYLEDGER_HOME/report.html.",
)
@exit_code
def report(out: Path | None) -> Exit:
    """Write the account, what is doubtful and what ran as one HTML file."""
    from loaders.database import open_database
    from loaders.settings import read_settings
    from playledger.audit.verification import verify
    from playledger.web.static_report import write_report

    settings = read_settings()
    database = open_database(settings)
    account, lost = verify(settings, database)
    path = write_report(out or place_of(settings), settings, database, account, lost)
    click.echo(f"The report: {path}")
    return Exit.DONE


def report_run(settings: Settings, run: RunLog, ended: JobResult | None = None) -> Path:
    """Write the report of a run, whatever became of it; its path."""
    from importlib.metadata import version

    from playledger.runs.history import Run
    from playledger.web.static_report import write_report

    account, lost = (ended.account, ended.missing_files) if ended else (None, 0)
    shown = Run(run.run_id, version("playledger"), list(run.records.values()))
    return write_report(place_of(settings), settings, run.database, account, lost, shown)


@contextmanager
def reported(run: RunLog, settings: Settings) -> Iterator[RunLog]:
    """A run that leaves a report also when it fails half-way."""
    try:
        with run:
            yield run
    except BaseException:
        with suppress(Exception):  # what the run failed of is what a person must see
            if run.database:  # without one nothing is known
                click.echo(f"What is known: {report_run(settings, run)}")
        raise


def place_of(settings: Settings) -> Path:
    """Where the report is written unless told otherwise."""
    return settings.home / "report.html"
