"""The report: one HTML file that says how the ledger stands, to be kept, printed and passed on.

    account, last run, ledger, last plan ──► write_report() ──► report.html

It stands alone: its style is in it, it runs no script and asks no other host. What is not known,
since a run failed half-way or the ledger is away, it says so of. Its looks are the pages' own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from loaders.errors import UserError
from playledger.audit import problem_samples
from playledger.console.account import shortened

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.settings import Settings
    from playledger.audit.account import Account
    from playledger.audit.figures import Figure
    from playledger.audit.problem_samples import Cause
    from playledger.runs.history import Run
    from playledger.web.ledger_reader import Reader, Row
    from playledger.web.overview import Overview

PUBLISHED = """
    select run_id, published_at, undone_at, content -> 'figures' as figures
    from {quality}.plans
    where published_at is not null
    order by published_at desc limit 1
"""
PUBLISHED_ROWS = """
    select
        schema_name || '.' || table_name as name,
        count(*) filter (where action = 'insert') as new,
        count(*) filter (where action = 'update') as changed,
        count(*) filter (where action = 'delete') as gone
    from {quality}.plan_rows where run_id = %(run)s
    group by 1 order by 1
"""
CHANGED = """
    select columns from {quality}.plan_rows
    where run_id = %(run)s and schema_name = %(ledger)s and table_name = 'campaigns'
        and action = 'update'
"""


@dataclass(frozen=True, slots=True)
class Published:
    """The last plan that was published: in a sentence, and its rows by table."""

    run_id: str
    published_at: datetime
    undone_at: datetime | None
    sentence: str
    tables: list[Row]


@dataclass(slots=True)
class Told:
    """What the ledger says; `why_not` is set where it could not be asked."""

    overview: Overview | None = None
    published: Published | None = None
    doubts: list[Cause] = field(default_factory=list)
    rejects: list[Cause] = field(default_factory=list)
    why_not: str | None = None


def write_report(
    path: Path,
    settings: Settings,
    database: Database | None,
    account: Account | None = None,
    lost: int = 0,
    run: Run | None = None,
) -> Path:
    """Write the report, whole or not at all; its path. UserError when it cannot be written.

    `lost` is how many loaded files are not where they were, `run` the one that the report is of:
    the last one that is noted where none is given.
    """
    from playledger.web.data_coverage import COVERED
    from playledger.web.run_pages import told_stages
    from playledger.web.templating import templates

    told = _ask(settings, database)
    run = run or (told.overview.run if told.overview else None)
    page = templates().get_template("report.html.jinja")
    text = page.render(
        made_at=datetime.now(UTC),
        address=database.address if database else None,
        style=Markup(_style()),  # noqa: S704 (the project's own file)
        account=account,
        groups=_groups(account),
        lost=lost,
        run=run,
        stages=told_stages(run) if run else [],
        failures=problem_samples.failures(settings.home),
        told=told,
        covered=COVERED,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.write_bytes(text.encode("utf-8", "backslashreplace"))
        unfinished.replace(path)
    except OSError as error:
        raise UserError(
            f"The report cannot be written to {path}: {error.strerror}. Name another file with "
            "--out."
        ) from None
    return path


def _ask(settings: Settings, database: Database | None) -> Told:
    from playledger.web.ledger_reader import Reader, Unavailable
    from playledger.web.overview import take_overview

    if database is None:
        return Told(why_not="The run ended before it had a database.")
    reader = Reader(database, settings.schema)
    try:
        return Told(
            take_overview(reader),
            _published(reader),
            problem_samples.doubts(reader),
            problem_samples.rejects(reader),
        )
    except Unavailable as error:
        return Told(why_not=str(error))
    finally:
        reader.close()


def _published(reader: Reader) -> Published | None:
    from playledger.publish.view.summary import NOT_A_CHANGE, summarise_changes

    plan = reader.row(PUBLISHED) if reader.has("{quality}.plans") else None
    if plan is None:
        return None
    values = {"run": plan.run_id, "ledger": reader.schema}
    tables = reader.rows(PUBLISHED_ROWS, values)
    new = next((each.new for each in tables if each.name == f"{reader.schema}.campaigns"), 0)
    changed = [set(row[0]) - NOT_A_CHANGE for row in reader.stream(CHANGED, values)]
    sentence = summarise_changes(new, changed, plan.figures or {}) or "No campaign was changed"
    return Published(plan.run_id, plan.published_at, plan.undone_at, f"{sentence}.", tables)


def _groups(account: Account | None) -> list[tuple[str, list[Figure]]]:
    figures = account.figures if account else []
    return [
        (group, list(shortened(group, list(some))))
        for group, some in groupby(figures, key=lambda figure: figure.group)
    ]


def _style() -> str:
    from playledger.web.app import STATIC

    return (STATIC / "style.css").read_text("utf-8")
