"""The commands `playledger sync` and `history`: options in, a job or a look back, an exit code.

    options ──► Wanted ──► loaders.job ──► stages, account, run log          sync_runs ──► history

A dry run is another command's work: `loaders.publish`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from loaders.options import input_options
from loaders.told import told

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.config import Settings
    from loaders.report.account import Account

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
        "--limit", type=click.IntRange(min=1), help="Scrape at most so many songs or artists."
    )(command)
    for name, sentence in reversed(ONE_STAGE.items()):
        command = click.option(name, is_flag=True, help=sentence)(command)
    return command


@click.command()
@input_options
@job_options
@told
def sync(**options: object) -> Exit:
    """Load, build, verify, and print the account: the main job, in ten stages."""
    from loaders.config import read_settings
    from loaders.reporting import report_run, reported
    from loaders.runs import RunLog
    from loaders.stages import NAMES
    from loaders.terminal import console
    from loaders.wanted import read_wishes

    wanted, settings = read_wishes(options), read_settings()
    if options["dry_run"]:
        from loaders.publishing import plan_sync

        return plan_sync(wanted)
    if wanted.limit and not (wanted.scrapes or wanted.only):
        console().print("--limit is for what is scraped, and this run scrapes nothing.")
    with reported(RunLog(settings, "sync", NAMES), settings) as run:
        if wanted.only:
            from loaders.job import scrape_only

            code = scrape_only(settings, console(), wanted, run)
            console().print(f"The run, stage by stage: {run.path}", markup=False, soft_wrap=True)
            return code
        from loaders.job import sync as do
        from loaders.report.stages import render_stages

        ended = do(settings, console(), wanted, run)
        console().print(f"\nRun {run.run_id}: {run.outcome}, {run.seconds:.1f} s", markup=False)
        render_stages(run.records.values(), console())
        for trouble in ended.troubles:
            console().print(trouble, style="red", markup=False)
        console().print()
        if ended.account:
            show_account(ended.account, ended.lost, settings, console())
        else:
            console().print("Mend the cause and run the same command again: what is loaded stays.")
        click.echo(f"The report: {report_run(settings, run, ended)}")
        if run.file_only:
            console().print(f"The database has no run log: {run.file_only}", markup=False)
        console().print(f"The run, stage by stage: {run.path}", markup=False, soft_wrap=True)
        return ended.code


@click.command()
@click.argument("run", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Runs.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@told
def history(run: str | None, limit: int, is_json: bool) -> Exit:
    """List the runs of `sync`, newest first, or what each stage of one RUN did."""
    from loaders.config import read_settings
    from loaders.database import open_database
    from loaders.history import find_run, find_runs, render_run, render_runs
    from loaders.terminal import console

    settings = read_settings()
    with open_database(settings).connect() as opened:
        runs = (
            [find_run(opened, settings.schema, run)]
            if run
            else find_runs(opened, settings.schema, limit)
        )
    if is_json:
        found = [each.as_json(with_stages=bool(run)) for each in runs]
        click.echo(json.dumps(found[0] if run else found, indent=2, ensure_ascii=False))
    elif run:
        render_run(runs[0], console())
    else:
        render_runs(runs, console())
    return Exit.DONE


def show_account(account: Account, lost: int, settings: Settings, console: Console) -> None:
    """Print the account and write it as JSON; `lost` is how many files were not found."""
    from loaders.report.render import render_account

    render_account(account, console)
    if lost:
        click.echo(f"{lost} loaded files are not where they were: no figure is compared with them.")
    path = settings.home / "account.json"
    write_json(path, account.as_json())
    click.echo(f"The account as JSON: {path}")


def write_json(path: Path, content: object) -> None:
    """Write a file for people and programs, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
