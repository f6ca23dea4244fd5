"""The command `playledger report`, and the report that each run of the main job leaves.

ledger, files ──► verify() ──────────────► write_report() ──► report.html
run that fails ──► report_on_failure() ──────┘ with what is known by then
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from loaders.settings import Settings, read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH

if TYPE_CHECKING:
    from playledger.runs.log import RunLog
    from playledger.sync.job import JobResult

log = logging.getLogger(__name__)
REPORT = "report.html"  # in PLAYLEDGER_HOME


@click.command(epilog=examples("report --out week.html"))
@click.option(
    "--out",
    type=ANY_PATH,
    metavar="FILE",
    help="Where to write it.  [default: PLAYLEDGER_HOME/report.html]",
)
@exit_code
def report(out: Path | None) -> Exit:
    """Write the account, the open issues and the last run as one HTML file."""
    from loaders.database import open_database
    from playledger.audit.verification import verify
    from playledger.web.static_report import write_report

    settings = read_settings()
    database = open_database(settings)
    account, missing_files = verify(settings, database)
    path = write_report(out or settings.home / REPORT, settings, database, account, missing_files)
    click.echo(f"The report: {path}")
    return Exit.DONE


def report_run(settings: Settings, run: RunLog, result: JobResult | None = None) -> Path:
    """Write the report of a run and return its path; without `result` the run did not finish."""
    from importlib.metadata import version

    from playledger.runs.history import Run
    from playledger.web.static_report import write_report

    account, missing_files = (result.account, result.missing_files) if result else (None, 0)
    shown = Run(run.run_id, version("playledger"), list(run.records.values()))
    path = settings.home / REPORT
    return write_report(path, settings, run.database, account, missing_files, shown)


@contextmanager
def report_on_failure(run: RunLog, settings: Settings) -> Iterator[RunLog]:
    """Enter a run; if it fails, write the report of it before the error goes on."""
    try:
        with run:
            yield run
    except BaseException:
        try:
            if run.database:
                click.echo(f"The report: {report_run(settings, run)}")
        except Exception as error:  # the run's own error is the one to raise
            log.warning("No report of this run: %s", error)
        raise
