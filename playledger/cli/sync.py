"""The commands `playledger sync` and `history`: options in, a job or a look back, an exit code.

    options ──► SyncOptions ──► playledger.sync ──► stages, account, run log          sync_runs ──► history

A dry run is another command's work: `playledger.publish`; a trial of a few campaigns, `playledger.sync.trial`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.options import input_options

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.settings import Settings
    from playledger.audit.account import Account
    from playledger.runs.log import RunLog
    from playledger.sync.job import JobResult

AGAIN = "Mend the cause and run the same command again"
ONE_STAGE = {
    "--scrape-sfa": "Also search for SFA URLs that are missing.",
    "--scrape-streams": "Also scrape the streams of songs with an SFA URL.",
    "--sync-only": "Stages 1 to 9 of what is there; the default where nothing is scraped.",
    "--scrape-sfa-only": "Search for SFA URLs and do nothing else.",
    "--scrape-streams-only": "Scrape streams and do nothing else.",
    "--local-only": "Leave production alone, whatever else is said.",
    "--deploy-production": "Bring the ledger into production when all checks hold.",
    "--dry-run": "Show what the run would change, and change nothing.",
    "--yes": "Ask nothing before production is changed.",
}


def job_options(command: Callable) -> Callable:
    """Which stages a run has, and how far they go."""
    command = click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help="Try all of it on the first N campaigns, beside the ledger, and drop that; with "
        "--scrape-...-only: scrape at most so many songs or artists.",
    )(command)
    for name, sentence in reversed(ONE_STAGE.items()):
        command = click.option(name, is_flag=True, help=sentence)(command)
    return command


@click.command()
@input_options
@job_options
@exit_code
def sync(**options: object) -> Exit:
    """Load, build, verify, and print the account: the main job, in ten stages."""
    from loaders.settings import read_settings
    from playledger.cli.report import report_on_failure, report_run
    from playledger.console.terminal import console
    from playledger.runs.log import RunLog
    from playledger.runs.stages import NAMES
    from playledger.sync.options import read_options

    wanted, settings = read_options(options), read_settings()
    if options["dry_run"] and not wanted.is_trial:
        from playledger.cli.publish import plan_sync

        return plan_sync(wanted)
    log = RunLog(settings, "trial" if wanted.is_trial else "sync", NAMES)
    with report_on_failure(log, settings) as run:
        if wanted.only:
            from playledger.sync.ledger_workspace import scrape_only

            code = scrape_only(settings, console(), wanted, run)
        elif wanted.is_trial:
            from playledger.sync.trial.workspace import try_out

            ended, tried = try_out(settings, console(), wanted, run)
            _tell(ended, run, settings, console(), "account-of-trial.json")
            console().print(_what_next(ended, tried, options), markup=False, soft_wrap=True)
            code = ended.code
        else:
            from playledger.cli import publish
            from playledger.sync.ledger_workspace import sync as do

            deploy = partial(publish.deploy_production, yes=wanted.is_yes)
            ended = do(settings, console(), wanted, run, deploy)
            _tell(ended, run, settings, console())
            if not ended.account:
                console().print(f"{AGAIN}: what is loaded stays.")
            click.echo(f"The report: {report_run(settings, run, ended)}")
            if run.file_only:
                console().print(f"The database has no run log: {run.file_only}", markup=False)
            code = ended.code
        console().print(f"The run, stage by stage: {run.path}", markup=False, soft_wrap=True)
        return code


def _tell(
    ended: JobResult,
    run: RunLog,
    settings: Settings,
    console: Console,
    account: str = "account.json",
) -> None:
    """What a run did, stage by stage, what was in its way, and the account."""
    from playledger.console.stages import render_stages

    console.print(f"\nRun {run.run_id}: {run.outcome}, {run.seconds:.1f} s", markup=False)
    render_stages(run.records.values(), console)
    for trouble in ended.troubles:
        console.print(trouble, style="red", markup=False)
    console.print()
    if ended.account:
        show_account(ended.account, ended.lost, settings, console, account)


def _what_next(ended: JobResult, tried: str, options: dict[str, object]) -> str:
    """What was tried, and the command for the whole of it, or for the trial again."""
    done = f"Tried {tried}, in a candidate that was dropped: the ledger is as it was."
    if ended.code is Exit.INTEGRITY:
        return f"{done}\n{AGAIN}."
    words = [f"--{name.replace('_', '-')}" for name, value in options.items() if value is True]
    words += [
        f"--{name} {shlex.quote(str(options[name]))}"
        for name in ("csv", "scraped", "roster")
        if options[name]
    ]
    command = " ".join(["playledger sync", *(word for word in words if word != "--dry-run")])
    return f"{done}\nFor the whole: {command}"


@click.command()
@click.argument("run", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Runs.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@exit_code
def history(run: str | None, limit: int, is_json: bool) -> Exit:
    """List the runs of `sync`, newest first, or what each stage of one RUN did."""
    from loaders.database import open_database
    from loaders.settings import read_settings
    from playledger.console.terminal import console
    from playledger.runs.history import find_run, find_runs, render_run, render_runs

    settings = read_settings()
    with open_database(settings).connect() as conn:
        runs = (
            [find_run(conn, settings.schema, run)]
            if run
            else find_runs(conn, settings.schema, limit)
        )
    if is_json:
        found = [each.as_json(with_stages=bool(run)) for each in runs]
        click.echo(json.dumps(found[0] if run else found, indent=2, ensure_ascii=False))
    elif run:
        render_run(runs[0], console())
    else:
        render_runs(runs, console())
    return Exit.DONE


def show_account(
    account: Account, lost: int, settings: Settings, console: Console, name: str = "account.json"
) -> None:
    """Print the account and write it as JSON; `lost` is how many files were not found."""
    from playledger.console.account import render_account

    render_account(account, console)
    if lost:
        click.echo(f"{lost} loaded files are not where they were: no figure is compared with them.")
    path = settings.home / name
    write_json(path, account.as_json())
    click.echo(f"The account as JSON: {path}")


def write_json(path: Path, content: object) -> None:
    """Write a file for people and programs, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
