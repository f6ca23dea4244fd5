"""The command `playledger sync`: the main job.

    options ──► SyncOptions ──► playledger.sync ──► account, report, run log, exit code

Production and a dry run are `playledger.cli.publish`'s, and are passed to the job or run instead.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from loaders.settings import Settings, read_settings
from playledger.cli import publish
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import PATHS, input_options
from playledger.cli.report import report_on_failure, report_run
from playledger.cli.verify import show_account
from playledger.sync.options import InputOptions, SyncOptions, read_options

if TYPE_CHECKING:
    from rich.console import Console

    from playledger.runs.log import RunLog
    from playledger.sync.job import JobResult


def _flag(name: str, sentence: str) -> Callable[[Callable], Callable]:
    return click.option(name, is_flag=True, help=sentence)


@click.command(
    epilog=examples(
        "sync --csv campaigns.csv",
        "sync --csv campaigns.csv --limit 10",
        "sync --scrape-sfa --scrape-streams",
    )
)
@input_options
@_flag("--scrape-sfa", "Also search for missing SFA URLs.")
@_flag("--scrape-streams", "Also scrape the streams of songs with an SFA URL.")
@_flag("--sync-only", "Only stages 1 to 9, without scraping; the default.")
@_flag("--scrape-sfa-only", "Search for SFA URLs and do nothing else.")
@_flag("--scrape-streams-only", "Scrape streams and do nothing else.")
@_flag("--local-only", "Never deploy, whatever other options say.")
@_flag("--deploy-production", "Deploy to production if all checks pass.")
@_flag("--dry-run", "Show what the run would change, and change nothing.")
@_flag("--yes", "Do not ask before production is changed.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Try all stages on the first N campaigns, in a copy that is dropped; with "
    "--scrape-...-only: scrape at most N songs or artists.",
)
@exit_code
def sync(inputs: InputOptions, limit: int | None, **flags: bool) -> Exit:
    """Load, build, verify and report: the main job, in ten stages.

    Without files, it continues with what is loaded; on an empty database, with a made-up sample.
    """
    from playledger.console.terminal import console
    from playledger.runs.log import RunLog
    from playledger.runs.stages import NAMES
    from playledger.sync.ledger_workspace import scrape_only

    options, settings = read_options(inputs, limit, flags), read_settings()
    if options.is_dry_run and not options.is_trial:
        return publish.plan_files(inputs)
    log = RunLog(settings, "trial" if options.is_trial else "sync", NAMES)
    with report_on_failure(log, settings):
        run = scrape_only if options.only else _try if options.is_trial else _sync
        code = run(settings, console(), options, log)
        console().print(f"The run log: {log.path}", markup=False, soft_wrap=True)
        return code


def _sync(settings: Settings, console: Console, options: SyncOptions, log: RunLog) -> Exit:
    from playledger.sync.ledger_workspace import sync as run_job

    deploy = partial(publish.deploy_files, InputOptions(), yes=options.is_confirmed)
    result = run_job(settings, console, options, log, deploy)
    _show_result(result, log, settings, console, "account.json")
    if not result.account:
        console.print("Fix the cause and run the same command again: loaded files stay loaded.")
    click.echo(f"The report: {report_run(settings, log, result)}")
    return result.code


def _try(settings: Settings, console: Console, options: SyncOptions, log: RunLog) -> Exit:
    from playledger.sync.trial.workspace import run_trial

    result, subset = run_trial(settings, console, options, log)
    _show_result(result, log, settings, console, "account-of-trial.json")
    next_step = "Fix the cause and run the same command again."
    if result.code is not Exit.INTEGRITY:
        next_step = f"For all campaigns: {_without_limit()}"
    console.print(
        f"Tried {subset}, in a candidate that was dropped: the ledger is unchanged.\n{next_step}",
        markup=False,
        soft_wrap=True,
    )
    return result.code


def _show_result(
    result: JobResult, log: RunLog, settings: Settings, console: Console, account: str
) -> None:
    """Print what each stage did, what went wrong, and the account."""
    from playledger.console.stages import render_stages

    console.print(f"\nRun {log.run_id}: {log.outcome}, {log.seconds:.1f} s", markup=False)
    render_stages(log.records.values(), console)
    for problem in result.problems:
        console.print(problem, style="red", markup=False)
    console.print()
    if result.account:
        show_account(result.account, result.missing_files, settings, console, account)


def _without_limit() -> str:
    """The command as it was typed, for all campaigns."""
    given = click.get_current_context().params
    words = [f"--{name.replace('_', '-')}" for name, value in given.items() if value is True]
    for option in PATHS:
        if path := given[option.removeprefix("--")]:
            words.append(f"{option} {shlex.quote(str(path))}")
    if order := given["date_order"]:
        words.append(f"--date-order {order}")
    return " ".join(["playledger sync", *(word for word in words if word != "--dry-run")])
