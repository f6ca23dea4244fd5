"""The database that a command of publishing is about, and the files that it plans with.

--target, --dsn ──► open_target() ──► Target          InputOptions ──► files_for() ──► SourceFile
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from loaders.errors import UserError
from loaders.export_order import LoadOverrides
from loaders.settings import Settings, read_settings
from loaders.source_file import SourceFile
from playledger.sync.options import InputOptions

if TYPE_CHECKING:
    from playledger.publish.target import Target

HERE, PRODUCTION = "here", "prod"


def target_options(default: str = HERE) -> Callable[[Callable], Callable]:
    """The database to read and change: the options `target` and `dsn`, which wins."""
    target = click.option(
        "--target", type=click.Choice([HERE, PRODUCTION]), default=default,
        help="The ledger of this folder, or the database in LEDGER_PROD_HOST and so on.",
    )  # fmt: skip
    dsn = click.option(
        "--dsn", metavar="DSN", help="Another PostgreSQL; its password goes into PGPASSWORD."
    )
    return lambda command: target(dsn(command))


@contextmanager
def open_target(kind: str, name: str, dsn: str | None) -> Iterator[Target]:
    """Open the database, with a run log in a file; a run that publishes attaches the database too.

    `kind` is the command. Raises UserError when the database is not set or cannot be opened.
    """
    from loaders.database import open_database
    from playledger.console.terminal import console
    from playledger.publish.target import Target
    from playledger.runs.log import RunLog

    settings = _with_address(read_settings(), name, dsn)
    stages = ("undo",) if kind == "undo" else ("candidate", "publish")
    with RunLog(settings, kind, stages) as run:
        database = open_database(settings)
        options = f" --dsn {shlex.quote(dsn)}" if dsn else " --target prod" * (name == PRODUCTION)
        yield Target(settings, database, console(), run, options)


def _with_address(settings: Settings, name: str, dsn: str | None) -> Settings:
    """The settings with the address of the database in place of DATABASE_URL."""
    from psycopg2 import ProgrammingError
    from psycopg2.extensions import make_dsn, parse_dsn

    if dsn:
        try:
            has_password = "password" in parse_dsn(dsn)
        except ProgrammingError:
            raise UserError(
                "--dsn is no PostgreSQL address: write postgresql://user@host:5432/name."
            ) from None
        if has_password:
            raise UserError(
                "--dsn contains a password, which every user of this machine could read. Remove "
                "it there and set PGPASSWORD. Nothing was changed."
            )
        return replace(settings, database_url=dsn)
    if name == HERE:
        return settings
    if settings.production is None:
        raise UserError(
            "The address of production is not set: set LEDGER_PROD_HOST and so on (`playledger "
            "config` lists them), or name a database with --dsn. Nothing was changed."
        )
    return replace(settings, database_url=make_dsn(**settings.production))


def files_for(place: Target, inputs: InputOptions) -> tuple[list[SourceFile], LoadOverrides]:
    """The files to plan with, and what to accept of their exports.

    Another database than this folder's gets, without named files, those that are loaded here.
    Raises UserError when a file cannot be read, or the files do not go into this database.
    """
    from loaders.file_index import loaded_files
    from loaders.scrape_results import find_results
    from playledger.sync.input_selection import require_own, select_inputs

    named = inputs.find()
    if not place.options:  # the ledger of this folder needs no name
        results = find_results(place.settings.home)
        where = place.database, place.settings, place.console
        return select_inputs(named, results, *where, may_drop_sample=False), inputs.overrides
    if named:
        return named, inputs.overrides
    files = loaded_files(read_settings())
    require_own(files, place.settings)
    return files, LoadOverrides(older=True, shrink=True)
