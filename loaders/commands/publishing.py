"""The commands `plan`, `apply`, `deploy`, `adopt` and `undo`: options in, one call, an exit code.

    options ──► the database, the files ──► loaders.publish.command, loaders.adopt.command

The main job comes here for a dry run, and for production.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.commands.options import ANY_PATH, input_options
from loaders.commands.told import told
from loaders.errors import Exit, UserError

if TYPE_CHECKING:
    from loaders.config import Settings
    from loaders.inputs import SourceFile
    from loaders.job.wanted import Wanted
    from loaders.publish.command import Target
    from loaders.succession import Permissions

HERE, PRODUCTION = "here", "prod"
STAGES = {
    "plan": ("candidate",),
    "apply": ("candidate", "publish"),
    "deploy": ("candidate", "publish"),
    "adopt": ("candidate", "publish"),
    "undo": ("undo",),
}


def target_options(command: Callable) -> Callable:
    """Which database is meant."""
    command = click.option(
        "--dsn", metavar="DSN", help="Another PostgreSQL; a password only in PGPASSWORD."
    )(command)
    return click.option(
        "--target",
        type=click.Choice([HERE, PRODUCTION]),
        help="`prod` is what LEDGER_PROD_HOST and the like say.",
    )(command)


@click.command()
@input_options
@target_options
@told
def plan(target: str | None, dsn: str | None, **inputs: object) -> Exit:
    """Show what the files would change, row by row; nothing is changed."""
    from loaders.publish.command import plan_command

    with _target("plan", target or HERE, dsn) as place:
        plan_command(place, *_files(place, _is_here(target, dsn), **_meant(inputs)))
    return Exit.DONE


@click.command()
@click.argument("path", type=ANY_PATH, metavar="PLAN")
@target_options
@told
def apply(path: Path, target: str | None, dsn: str | None) -> Exit:
    """Do exactly what a plan says, or nothing when files or rows moved since."""
    from loaders.publish.command import apply_command

    with _target("apply", target or HERE, dsn) as place:
        return apply_command(place, path)


@click.command()
@input_options
@target_options
@click.option("--dry-run", is_flag=True, help="Only show and save the plan.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-loss", is_flag=True, help="Publish also fewer rows or SFA URLs than now.")
@told
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
    from loaders.publish.command import deploy_command, plan_command

    kind = "plan" if dry_run else "deploy"
    with _target(kind, target or PRODUCTION, dsn) as place:
        files, allowed = _files(place, target == HERE and not dsn, **_meant(inputs))
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
@told
def adopt(schema: str, target: str | None, dsn: str | None, yes: bool) -> Exit:
    """Take over the web application's old tables, once, before the first deployment.

    Ids, phones, contact persons and SFA URLs of spotify_campaigns, clients and vendors; these
    tables are only read. All or nothing, like a deployment, and `playledger undo` takes it back.
    """
    from loaders.adopt.command import adopt_command

    with _target("adopt", target or HERE, dsn) as place:
        return adopt_command(place, schema, is_sure=yes, ask=_ask)


@click.command()
@click.argument("run", required=False)
@target_options
@told
def undo(run: str | None, target: str | None, dsn: str | None) -> Exit:
    """Take the last published run back, or the one that is named; rows that moved are left."""
    from loaders.publish.command import undo_command

    with _target("undo", target or HERE, dsn) as place:
        return undo_command(place, run)


def plan_sync(wanted: Wanted) -> Exit:
    """What the main job would change with these files; nothing is changed."""
    from loaders.publish.command import plan_command

    named = {"csv": wanted.csv, "scraped": wanted.scraped, "roster": wanted.roster}
    meant = {**named, "view": wanted.is_view, "allowed": wanted.allowed}
    with _target("plan", HERE, None) as place:
        plan_command(place, *_files(place, True, **meant))
    return Exit.DONE


def deploy_production(*, yes: bool) -> Exit:
    """Publish what is loaded here to production."""
    from loaders.publish.command import deploy_command

    with _target("deploy", PRODUCTION, None) as place:
        code = deploy_command(place, *_files(place, False), is_sure=yes, ask=_ask)
    return _look_at_pages(code, place.settings)


def _look_at_pages(code: Exit, settings: Settings) -> Exit:
    """After a deployment: open the pages of production where their address is set.

    What was published stays, so pages that are not as they must be are exit code 1.
    """
    if code is not Exit.DONE or not settings.pages:
        return code
    from loaders.commands.viewing import check_pages

    try:
        looked = check_pages(settings.pages, settings)
    except UserError as error:
        click.secho(f"The pages of production could not be looked at: {error}", err=True, fg="red")
        return Exit.PARTLY
    return code if looked is Exit.DONE else Exit.PARTLY


def _is_here(target: str | None, dsn: str | None) -> bool:
    return not dsn and target != PRODUCTION


def _ask(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        click.echo()
        return False


@contextmanager
def _target(kind: str, name: str, dsn: str | None) -> Iterator[Target]:
    """The database that is meant, with a run log: a file, and what is published goes into the
    database as well.
    """
    from loaders.commands.terminal import console
    from loaders.config import read_settings
    from loaders.database import open_database
    from loaders.publish.command import Target
    from loaders.runs.log import RunLog

    settings = _settings(read_settings(), name, dsn)
    with RunLog(settings, kind, STAGES[kind]) as run:
        database = open_database(settings)
        named_by = f" --dsn {shlex.quote(dsn)}" if dsn else " --target prod" * (name == PRODUCTION)
        yield Target(settings, database, console(), run, named_by)


def _settings(settings: Settings, name: str, dsn: str | None) -> Settings:
    """The settings with the address of the database that is meant."""
    from dataclasses import replace

    from psycopg2 import ProgrammingError
    from psycopg2.extensions import make_dsn, parse_dsn

    if dsn:
        try:
            has_password = "password" in parse_dsn(dsn)
        except ProgrammingError:
            raise UserError(
                "--dsn is no PostgreSQL address; it reads postgresql://user@host:5432/name."
            ) from None
        if has_password:
            raise UserError(
                "--dsn holds a password, which every user of this machine could read. Leave it "
                "out there and set PGPASSWORD. Nothing was changed."
            )
        return replace(settings, database_url=dsn)
    if name == HERE:
        return settings
    if settings.production is None:
        raise UserError(
            "Nothing says where production is: set LEDGER_PROD_HOST and the like (`playledger "
            "config` lists them), or name a database with --dsn. Nothing was changed."
        )
    return replace(settings, database_url=make_dsn(**settings.production))


def _meant(inputs: dict[str, object]) -> dict[str, object]:
    """The options of files with what a person said is meant as one."""
    from loaders.succession import Permissions

    older, shrink = inputs.pop("allow_older"), inputs.pop("allow_shrink")
    return {**inputs, "allowed": Permissions(older=bool(older), shrink=bool(shrink))}


def _files(
    place: Target,
    is_here: bool,
    *,
    csv: Path | None = None,
    scraped: Path | None = None,
    roster: Path | None = None,
    view: bool = False,
    allowed: Permissions | None = None,
) -> tuple[list[SourceFile], Permissions]:
    """The files to plan with, and what a person said is meant."""
    from loaders.config import read_settings
    from loaders.inputs import find_inputs
    from loaders.results import find_results
    from loaders.sample_apart import choose_inputs, require_own
    from loaders.succession import Permissions

    allowed = allowed or Permissions()
    named = find_inputs(csv, scraped, roster, is_view=view)
    if is_here:
        results = find_results(place.settings.home)
        inputs = (named, results, place.database, place.settings, place.console)
        return choose_inputs(*inputs, may_start_afresh=False), allowed
    if named:
        return named, allowed
    from loaders.publish.loaded import loaded_here

    files = loaded_here(read_settings())
    require_own(files, place.settings)
    return files, Permissions(older=True, shrink=True)
