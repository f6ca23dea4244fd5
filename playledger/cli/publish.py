"""The commands `plan`, `apply`, `deploy`, `adopt` and `undo`, and what `sync` uses of them.

options ──► Target, files ──► playledger.publish.workflow, playledger.adopt.workflow
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit, UserError
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH, input_options
from playledger.cli.targets import (
    HERE,
    PRODUCTION,
    files_for,
    is_here,
    open_target,
    target_options,
)
from playledger.cli.web import check_pages
from playledger.sync.options import InputOptions

if TYPE_CHECKING:
    from loaders.settings import Settings


@click.command(epilog=examples("plan --csv campaigns.csv", "plan --target prod"))
@input_options
@target_options
@exit_code
def plan(inputs: InputOptions, target: str | None, dsn: str | None) -> Exit:
    """Show what the files would change, row by row; nothing is changed."""
    from playledger.publish.workflow import plan_command

    with open_target("plan", target or HERE, dsn) as place:
        plan_command(place, *files_for(place, is_here(target, dsn), inputs))
    return Exit.DONE


@click.command(epilog=examples("apply .playledger/plans/20261123T061512Z-plan/plan.json"))
@click.argument("path", type=ANY_PATH, metavar="PLAN")
@target_options
@exit_code
def apply(path: Path, target: str | None, dsn: str | None) -> Exit:
    """Apply a saved plan exactly, or not at all.

    Nothing is changed if files or rows have changed since the plan was made.
    """
    from playledger.publish.workflow import apply_command

    with open_target("apply", target or HERE, dsn) as place:
        return apply_command(place, path)


@click.command(epilog=examples("deploy --dry-run", "deploy --yes"))
@input_options
@target_options
@click.option("--dry-run", is_flag=True, help="Only show and save the plan.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-loss", is_flag=True, help="Accept fewer rows or SFA URLs than now.")
@exit_code
def deploy(
    inputs: InputOptions,
    target: str | None,
    dsn: str | None,
    dry_run: bool,
    yes: bool,
    allow_loss: bool,
) -> Exit:
    """Publish to production, all or nothing.

    It makes a plan, guards against loss, asks, and publishes in one transaction. Without files,
    everything that is loaded here is published.
    """
    from playledger.publish.workflow import deploy_command, plan_command

    kind = "plan" if dry_run else "deploy"
    with open_target(kind, target or PRODUCTION, dsn) as place:
        files, overrides = files_for(place, target == HERE and not dsn, inputs)
        if dry_run:
            plan_command(place, files, overrides)
            return Exit.DONE
        ask = None if yes else _confirm
        code = deploy_command(place, files, overrides, ask=ask, may_lose=allow_loss)
    return _check_pages(code, place.settings) if not dsn and target != HERE else code


@click.command(epilog=examples("adopt --target prod", "adopt --from old"))
@click.option(
    "--from",
    "schema",
    default="public",
    show_default=True,
    metavar="SCHEMA",
    help="The schema of the old tables.",
)
@target_options
@click.option("--yes", is_flag=True, help="Do not ask.")
@exit_code
def adopt(schema: str, target: str | None, dsn: str | None, yes: bool) -> Exit:
    """Take over the web application's old tables, once.

    Before the first deployment, it reads ids, phones, contact persons and SFA URLs from
    spotify_campaigns, clients and vendors, and leaves these tables unchanged. All or nothing, like
    a deployment; `playledger undo` reverts it.
    """
    from playledger.adopt.workflow import adopt_command

    with open_target("adopt", target or HERE, dsn) as place:
        return adopt_command(place, schema, ask=None if yes else _confirm)


@click.command(epilog=examples("undo", "undo 20261123T061512Z-deploy --target prod"))
@click.argument("run", required=False)
@target_options
@exit_code
def undo(run: str | None, target: str | None, dsn: str | None) -> Exit:
    """Undo the last published run, or the RUN that is named.

    Rows that have changed since stay as they are, and are listed.
    """
    from playledger.publish.workflow import undo_command

    with open_target("undo", target or HERE, dsn) as place:
        return undo_command(place, run)


def plan_here(inputs: InputOptions) -> Exit:
    """The plan of `playledger sync --dry-run`: what these files would change here."""
    from playledger.publish.workflow import plan_command

    with open_target("plan", HERE, None) as place:
        plan_command(place, *files_for(place, True, inputs))
    return Exit.DONE


def deploy_production(*, yes: bool) -> Exit:
    """Publish what is loaded here to production; the last stage of `playledger sync`."""
    from playledger.publish.workflow import deploy_command

    with open_target("deploy", PRODUCTION, None) as place:
        files, overrides = files_for(place, False, InputOptions())
        code = deploy_command(place, files, overrides, ask=None if yes else _confirm)
    return _check_pages(code, place.settings)


def _check_pages(code: Exit, settings: Settings) -> Exit:
    """After a deployment, check the pages of production if their address is set.

    What was published stays, so failed pages are exit code 1.
    """
    if code is not Exit.DONE or not settings.pages:
        return code
    try:
        checked = check_pages(settings.pages, settings)
    except UserError as error:
        click.secho(f"The pages of production could not be checked: {error}", err=True, fg="red")
        return Exit.PARTLY
    return code if checked is Exit.DONE else Exit.PARTLY


def _confirm(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        click.echo()
        return False
