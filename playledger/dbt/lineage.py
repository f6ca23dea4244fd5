"""Column-level lineage: the columns that each column of the dbt project comes from, as one page.

    target/manifest.json, catalog.json ──► write_lineage() ──► target/columns/index.html

Reads the output of `dbt docs generate`, and no database. dbt-colibri does the work; it is called
from here, since its own command asks a package index for newer versions of itself.
"""

import logging
import sys
from dataclasses import dataclass
from logging.handlers import BufferingHandler
from pathlib import Path

import orjson

from loaders.errors import UserError

MADE_BY_DBT = ("manifest.json", "catalog.json")
FOLDER = "columns"  # in dbt's target folder, all of which `dbt docs serve` serves
BACK_LINK = (
    '<a href="../index.html" style="position: fixed; top: 9px; right: 16px; z-index: 999; '
    'font: 13px sans-serif; color: #1d4ed8">Tables and descriptions</a></body>'
)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The page, the number of links between columns on it, and dbt-colibri's errors."""

    page: Path
    links: int
    errors: list[str]


def write_lineage(target: Path) -> Lineage:
    """Write the page to the folder `columns` of dbt's target folder, beside dbt's documentation.

    The page is self-contained and fetches nothing. Raises UserError when dbt's files are missing.
    """
    for name in MADE_BY_DBT:
        if not (target / name).is_file():
            raise UserError(f"{target / name} is missing. Run `make docs`, which makes it first.")
    folder = target / FOLDER
    errors = _draw(target, folder)
    page = folder / "index.html"
    before, _, after = page.read_text("utf-8").rpartition("</body>")
    page.write_text(before + BACK_LINK + after, "utf-8")
    content = orjson.loads((folder / "colibri-manifest.json").read_bytes())
    links = sum("sourceColumn" in edge for edge in content["lineage"]["edges"])
    return Lineage(page, links, errors)


def _draw(target: Path, folder: Path) -> list[str]:
    """Let dbt-colibri write its page, without telemetry; the errors that it logs."""
    from dbt_colibri.lineage_extractor.extractor import DbtColumnLineageExtractor
    from dbt_colibri.report.generator import DbtColibriReportGenerator

    _patch_union_scopes()
    errors = BufferingHandler(sys.maxsize)
    errors.setLevel(logging.ERROR)
    logger = logging.getLogger("colibri")
    logger.handlers, logger.propagate = [errors], False  # returned, not printed
    columns = DbtColumnLineageExtractor(*(str(target / name) for name in MADE_BY_DBT))
    report = DbtColibriReportGenerator(columns, disable_telemetry=True)
    report.generate_report(output_dir=str(folder))
    return [record.getMessage() for record in errors.buffer]


def _patch_union_scopes() -> None:
    """Give the branches of a union the name that dbt-colibri 0.3.7 reads.

    sqlglot renamed them in 30.19; without this, no column behind a union has an origin.
    """
    from sqlglot import parse_one
    from sqlglot.optimizer.scope import Scope, build_scope

    if not hasattr(build_scope(parse_one("select 1")), "union_scopes"):
        Scope.union_scopes = property(lambda scope: scope.set_operation_scopes)
