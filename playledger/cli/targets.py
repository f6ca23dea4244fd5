"""Which database a command means, and which files it is to plan with.

--target, --dsn ──► open_target() ──► Target; options ──► files_for() ──► SourceFile ...
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from loaders.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.export_order import LoadOverrides
    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.publish.target import Target

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


def is_here(target: str | None, dsn: str | None) -> bool:
    """Whether the ledger of this folder is meant."""
    return not dsn and target != PRODUCTION


@contextmanager
def open_target(kind: str, name: str, dsn: str | None) -> Iterator[Target]:
    """The database that is meant, with a run log: a file, and what is published goes into the
    database as well.
    """
    from loaders.database import open_database
    from loaders.settings import read_settings
    from playledger.console.terminal import console
    from playledger.publish.target import Target
    from playledger.runs.log import RunLog

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


def meant(inputs: dict[str, object]) -> dict[str, object]:
    """The options of files with what a person said is meant as one."""
    from loaders.export_order import LoadOverrides

    older, shrink = inputs.pop("allow_older"), inputs.pop("allow_shrink")
    return {**inputs, "allowed": LoadOverrides(older=bool(older), shrink=bool(shrink))}


def files_for(
    place: Target,
    is_here: bool,
    *,
    csv: Path | None = None,
    scraped: Path | None = None,
    roster: Path | None = None,
    view: bool = False,
    allowed: LoadOverrides | None = None,
) -> tuple[list[SourceFile], LoadOverrides]:
    """The files to plan with, and what a person said is meant."""
    from loaders.export_order import LoadOverrides
    from loaders.scrape_results import find_results
    from loaders.settings import read_settings
    from loaders.source_file import find_inputs
    from playledger.sync.input_selection import choose_inputs, require_own

    allowed = allowed or LoadOverrides()
    named = find_inputs(csv, scraped, roster, is_view=view)
    if is_here:
        results = find_results(place.settings.home)
        inputs = (named, results, place.database, place.settings, place.console)
        return choose_inputs(*inputs, may_start_afresh=False), allowed
    if named:
        return named, allowed
    from loaders.loaded_files import loaded_files

    files = loaded_files(read_settings())
    require_own(files, place.settings)
    return files, LoadOverrides(older=True, shrink=True)
