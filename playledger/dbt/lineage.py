"""Column-level lineage: from which columns each column of the dbt project comes, as one page.

    target/manifest.json, catalog.json ──► write_lineage() ──► target/columns/index.html

Reads what `dbt docs generate` left, and asks no database. dbt-colibri does the work, called from
here since its own command asks a package index for newer versions of itself. `make docs` runs this.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import orjson

from loaders.errors import Exit, UserError
from loaders.settings import PROJECT
from playledger.cli.exit_codes import exit_code

MADE_BY_DBT = ("manifest.json", "catalog.json")
FOLDER = "columns"  # of dbt's target folder, all of which `dbt docs serve` serves
WAY_BACK = (
    '<a href="../index.html" style="position: fixed; top: 9px; right: 16px; z-index: 999; '
    'font: 13px sans-serif; color: #1d4ed8">Tables and descriptions</a></body>'
)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The page, how many links between columns it shows, and a sentence for each it could not."""

    page: Path
    links: int
    unread: list[str]


def write_lineage(target: Path) -> Lineage:
    """Write the page beside dbt's own documentation, into the folder `columns` of dbt's target.

    The page is whole in itself and fetches nothing. Raises UserError when dbt's files are missing.
    """
    for name in MADE_BY_DBT:
        if not (target / name).is_file():
            raise UserError(f"{target / name} is missing. Run `make docs`, which makes it first.")
    folder = target / FOLDER
    with _errors_of("colibri") as unread:
        _draw(target, folder)
    page = folder / "index.html"
    before, _, after = page.read_text("utf-8").rpartition("</body>")
    page.write_text(before + WAY_BACK + after, "utf-8")
    content = orjson.loads((folder / "colibri-manifest.json").read_bytes())
    links = sum("sourceColumn" in edge for edge in content["lineage"]["edges"])
    return Lineage(page, links, unread)


def _draw(target: Path, folder: Path) -> None:
    """Have dbt-colibri write its page, with its telemetry off."""
    from dbt_colibri.lineage_extractor.extractor import DbtColumnLineageExtractor
    from dbt_colibri.report.generator import DbtColibriReportGenerator

    _name_branches()
    columns = DbtColumnLineageExtractor(*(str(target / name) for name in MADE_BY_DBT))
    report = DbtColibriReportGenerator(columns, disable_telemetry=True)
    report.generate_report(output_dir=str(folder))


def _name_branches() -> None:
    """Give the branches of a union the name by which dbt-colibri 0.3.7 asks for them.

    sqlglot gave them another in 30.19, and nothing behind a union would have an origin.
    """
    from sqlglot import parse_one
    from sqlglot.optimizer.scope import Scope, build_scope

    if not hasattr(build_scope(parse_one("select 1")), "union_scopes"):
        Scope.union_scopes = property(lambda scope: scope.set_operation_scopes)


@contextmanager
def _errors_of(name: str) -> Iterator[list[str]]:
    """What a library logs as an error meanwhile, in place of printing it."""
    logger, errors = logging.getLogger(name), []
    listener = logging.Handler(logging.ERROR)
    listener.emit = lambda record: errors.append(record.getMessage())
    spreads, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield errors
    finally:
        logger.removeHandler(listener)
        logger.propagate = spreads


@click.command()
@exit_code
def main() -> Exit:
    """Write the page of column-level lineage from what `dbt docs generate` left."""
    lineage = write_lineage(PROJECT / "target")
    click.echo(f"{lineage.links:,} links between columns: {lineage.page}")
    for sentence in lineage.unread:
        click.echo(f"  {sentence}", err=True)
    return Exit.PARTLY if lineage.unread else Exit.DONE


if __name__ == "__main__":
    main()
