"""The commands `plan`, `apply`, `deploy`, `adopt` and `undo`: options in, one call, an exit code.

    options ──► the database, the files ──► playledger.publish.workflow, playledger.adopt.workflow

The main job comes here for a dry run, and for production.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit, UserError
from playledger.cli.exit_codes import exit_code
from playledger.cli.options import ANY_PATH, input_options
from playledger.cli.targets import (
    HERE,
    PRODUCTION,
    files_for,
    is_here,
    meant,
    open_target,
    target_options,
)

if TYPE_CHECKING:
    from loaders.settings import Settings
    from playledger.sync.options import SyncOptions


@click.command()
@input_options
@target_options
@exit_code
def plan(target: str | None, dsn: str | None, **inputs: object) -> Exit:
    """Show what the files would change, row by row; nothing is changed."""
    from playledger.publish.workflow import plan_command

    with open_target("plan", target or HERE, dsn) as place:
        plan_command(place, *files_for(place, is_here(target, dsn), **meant(inputs)))
    return Exit.DONE


@click.command()
@click.argument("path", type=ANY_PATH, metavar="PLAN")
@target_options
@exit_code
def apply(path: Path, target: str | None, dsn: str | None) -> Exit:
    """Do exactly what a plan says, or nothing when files or rows moved since."""
    from playledger.publish.workflow import apply_command

    with open_target("apply", target or HERE, dsn) as place:
        return apply_command(place, path)


@click.command()
@input_options
@target_options
@click.option("--dry-run", is_flag=True, help="Only show and save the plan.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-loss", is_flag=True, help="Publish also fewer rows or SFA URLs than now.")
@exit_code
def deploy(
    target: str | None,
    dsn: str | None,
    dry_run: bool,
    yes: bool,
    allow_loss: bool,
    **inputs: object,
) -> Exit:
    """Publish to production, all or nothing: plan, guards, a question, one transaction.

    Where no files are named, what is loaded here goes there.
    """
    from playledger.publish.workflow import deploy_command, plan_command

    kind = "plan" if dry_run else "deploy"
    with open_target(kind, target or PRODUCTION, dsn) as place:
        files, allowed = files_for(place, target == HERE and not dsn, **meant(inputs))
        if dry_run:
            plan_command(place, files, allowed)
            return Exit.DONE
        code = deploy_command(place, files, allowed, may_lose=allow_loss, is_sure=yes, ask=_ask)
    return _look_at_pages(code, place.settings) if not dsn and target != HERE else code


@click.command()
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
    """Take over the web application's old tables, once, before the first deployment.

    Ids, phones, contact persons and SFA URLs of spotify_campaigns, clients and vendors; these
    tables are only read. All or nothing, like a deployment, and `playledger undo` takes it back.
    """
    from playledger.adopt.workflow import adopt_command

    with open_target("adopt", target or HERE, dsn) as place:
        return adopt_command(place, schema, is_sure=yes, ask=_ask)


@click.command()
@click.argument("run", required=False)
@target_options
@exit_code
def undo(run: str | None, target: str | None, dsn: str | None) -> Exit:
    """Take the last published run back, or the one that is named; rows that moved are left."""
    from playledger.publish.workflow import undo_command

    with open_target("undo", target or HERE, dsn) as place:
        return undo_command(place, run)


def plan_sync(wanted: SyncOptions) -> Exit:
    """What the main job would change with these files; nothing is changed."""
    from playledger.publish.workflow import plan_command

    named = {"csv": wanted.csv, "scraped": wanted.scraped, "roster": wanted.roster}
    options = {**named, "view": wanted.is_view, "allowed": wanted.allowed}
    with open_target("plan", HERE, None) as place:
        plan_command(place, *files_for(place, True, **options))
    return Exit.DONE


def deploy_production(*, yes: bool) -> Exit:
    """Publish what is loaded here to production."""
    from playledger.publish.workflow import deploy_command

    with open_target("deploy", PRODUCTION, None) as place:
        code = deploy_command(place, *files_for(place, False), is_sure=yes, ask=_ask)
    return _look_at_pages(code, place.settings)


def _look_at_pages(code: Exit, settings: Settings) -> Exit:
    """After a deployment: open the pages of production where their address is set.

    What was published stays, so pages that are not as they must be are exit code 1.
    """
    if code is not Exit.DONE or not settings.pages:
        return code
    from playledger.cli.web import check_pages

    try:
        looked = check_pages(settings.pages, settings)
    except UserError as error:
        click.secho(f"The pages of production could not be looked at: {error}", err=True, fg="red")
        return Exit.PARTLY
    return code if looked is Exit.DONE else Exit.PARTLY


def _ask(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        click.echo()
        return False
