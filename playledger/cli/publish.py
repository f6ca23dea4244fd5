"""The commands `plan`, `apply`, `deploy`, `adopt` and `undo`, and what `sync` uses of them.

options ──► Target, files ──► playledger.publish.workflow, playledger.adopt.workflow
"""

from pathlib import Path

import click

from loaders.errors import Exit, UserError
from loaders.settings import Settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.cli.options import ANY_PATH, input_options
from playledger.cli.targets import HERE, PRODUCTION, files_for, open_target, target_options
from playledger.cli.web import check_pages
from playledger.sync.options import InputOptions


@click.command(epilog=examples("plan --csv campaigns.csv", "plan --target prod"))
@input_options
@target_options()
@exit_code
def plan(inputs: InputOptions, target: str, dsn: str | None) -> Exit:
    """Show what the files would change, row by row; nothing is changed."""
    return plan_files(inputs, target, dsn)


@click.command(epilog=examples("apply .playledger/plans/20261123T061512Z-plan/plan.json"))
@click.argument("path", type=ANY_PATH, metavar="PLAN")
@target_options()
@exit_code
def apply(path: Path, target: str, dsn: str | None) -> Exit:
    """Apply a saved plan exactly, or not at all.

    Nothing is changed if files or rows have changed since the plan was made.
    """
    from playledger.publish.workflow import apply_command

    with open_target("apply", target, dsn) as place:
        return apply_command(place, path)


@click.command(epilog=examples("deploy --dry-run", "deploy --yes"))
@input_options
@target_options(PRODUCTION)
@click.option("--dry-run", is_flag=True, help="Only show and save the plan.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-loss", is_flag=True, help="Accept fewer rows or SFA URLs than now.")
@exit_code
def deploy(
    inputs: InputOptions, target: str, dsn: str | None, dry_run: bool, yes: bool, allow_loss: bool
) -> Exit:
    """Publish to production, all or nothing.

    It makes a plan, guards against loss, asks, and publishes in one transaction. Without files,
    everything that is loaded here is published.
    """
    if dry_run:
        return plan_files(inputs, target, dsn)
    return deploy_files(inputs, target, dsn, yes=yes, allow_loss=allow_loss)


@click.command(epilog=examples("adopt --target prod", "adopt --from old"))
@click.option(
    "--from", "schema", default="public", show_default=True, metavar="SCHEMA",
    help="The schema of the old tables.",
)  # fmt: skip
@target_options()
@click.option("--yes", is_flag=True, help="Do not ask.")
@exit_code
def adopt(schema: str, target: str, dsn: str | None, yes: bool) -> Exit:
    """Take over the web application's old tables, once.

    Before the first deployment, it reads ids, phones, contact persons and SFA URLs from
    spotify_campaigns, clients and vendors, and leaves these tables unchanged. All or nothing, like
    a deployment; `playledger undo` reverts it.
    """
    from playledger.adopt.workflow import adopt_command

    with open_target("adopt", target, dsn) as place:
        return adopt_command(place, schema, ask=None if yes else _confirm)


@click.command(epilog=examples("undo", "undo 20261123T061512Z-deploy --target prod"))
@click.argument("run", required=False)
@target_options()
@exit_code
def undo(run: str | None, target: str, dsn: str | None) -> Exit:
    """Undo the last published run, or the RUN that is named.

    Rows that have changed since stay as they are, and are listed.
    """
    from playledger.publish.workflow import undo_command

    with open_target("undo", target, dsn) as place:
        return undo_command(place, run)


def plan_files(inputs: InputOptions, target: str = HERE, dsn: str | None = None) -> Exit:
    """Show what the files would change; what `playledger sync --dry-run` does here."""
    from playledger.publish.workflow import plan_command

    with open_target("plan", target, dsn) as place:
        plan_command(place, *files_for(place, inputs))
    return Exit.DONE


def deploy_files(
    inputs: InputOptions,
    target: str = PRODUCTION,
    dsn: str | None = None,
    *,
    yes: bool,
    allow_loss: bool = False,
) -> Exit:
    """Publish the files, and check the pages of production; the last stage of `playledger sync`."""
    from playledger.publish.workflow import deploy_command

    with open_target("deploy", target, dsn) as place:
        files, overrides = files_for(place, inputs)
        ask = None if yes else _confirm
        code = deploy_command(place, files, overrides, ask=ask, may_lose=allow_loss)
    return _check_pages(code, place.settings) if target == PRODUCTION and not dsn else code


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
