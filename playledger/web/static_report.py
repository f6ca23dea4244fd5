"""The report: one HTML file that says how the ledger stands, to be kept, printed and passed on.

    account, last run, ledger, last plan ──► write_report() ──► report.html

It stands alone: style included, no script, no request to any host. Where a run failed half-way or
the ledger is away, it says what is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from loaders.atomic_files import write_whole
from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import Settings
from playledger.audit.account import Account
from playledger.audit.figures import Figure
from playledger.console.account import shortened
from playledger.runs.history import Run
from playledger.web.ledger_reader import Reader, Row
from playledger.web.overview import Overview
from playledger.web.problem_samples import Problem, find_failed_scrapes, find_issues, find_rejects

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
        count(*) filter (where action = 'delete') as deleted
    from {quality}.plan_rows where run_id = %(run)s
    group by 1 order by 1
"""
CHANGED = """
    select columns from {quality}.plan_rows
    where run_id = %(run)s and schema_name = %(ledger)s and table_name = 'campaigns'
        and action = 'update'
"""


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """The last published plan: its campaigns in a sentence, and counts of its rows by table."""

    run_id: str
    published_at: datetime
    undone_at: datetime | None
    sentence: str
    tables: list[Row]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What was read from the ledger; `error` is set where it could not be read."""

    overview: Overview | None = None
    plan: PublishedPlan | None = None
    issues: list[Problem] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    error: str | None = None


def write_report(
    path: Path,
    settings: Settings,
    database: Database | None,
    account: Account | None = None,
    missing_files: int = 0,
    run: Run | None = None,
) -> Path:
    """Write the report, whole or not at all, and return its path.

    `missing_files` is how many loaded files are not where they were; without `run` the report is
    of the last recorded one. Raises UserError when the file cannot be written.
    """
    from playledger.web.data_coverage import COVERAGE_ROWS
    from playledger.web.run_pages import stage_rows
    from playledger.web.templating import templates

    state = _read(settings, database)
    run = run or (state.overview.run if state.overview else None)
    text = (
        templates()
        .get_template("report.html.jinja")
        .render(
            made_at=datetime.now(UTC),
            address=database.address if database else None,
            style=Markup(_style()),  # noqa: S704 (the project's own file)
            account=account,
            groups=_groups(account),
            missing_files=missing_files,
            run=run,
            stages=stage_rows(run) if run else [],
            failed_scrapes=find_failed_scrapes(settings.home),
            state=state,
            coverage_rows=COVERAGE_ROWS,
        )
    )
    try:
        write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UserError(
            f"The report cannot be written to {path}: {error.strerror}. Name another file with "
            "--out."
        ) from None
    return path


def _read(settings: Settings, database: Database | None) -> LedgerState:
    from playledger.web.ledger_reader import Reader, Unavailable
    from playledger.web.overview import read_overview

    if database is None:
        return LedgerState(error="The run ended before it had a database.")
    reader = Reader(database, settings.schema)
    try:
        return LedgerState(
            read_overview(reader), _published(reader), find_issues(reader), find_rejects(reader)
        )
    except Unavailable as error:
        return LedgerState(error=str(error))
    finally:
        reader.close()


def _published(reader: Reader) -> PublishedPlan | None:
    from playledger.publish.view.summary import NOT_A_CHANGE, summarise_changes

    plan = reader.row(PUBLISHED) if reader.has_table("{quality}.plans") else None
    if plan is None:
        return None
    values = {"run": plan.run_id, "ledger": reader.schema}
    tables = reader.rows(PUBLISHED_ROWS, values)
    new = next((each.new for each in tables if each.name == f"{reader.schema}.campaigns"), 0)
    changed = [set(row[0]) - NOT_A_CHANGE for row in reader.stream(CHANGED, values)]
    sentence = summarise_changes(new, changed, plan.figures or {}) or "No campaign was changed"
    return PublishedPlan(plan.run_id, plan.published_at, plan.undone_at, f"{sentence}.", tables)


def _groups(account: Account | None) -> list[tuple[str, list[Figure]]]:
    figures = account.figures if account else []
    return [
        (group, list(shortened(group, list(some))))
        for group, some in groupby(figures, key=lambda figure: figure.group)
    ]


def _style() -> str:
    from playledger.web.app import STATIC

    return (STATIC / "style.css").read_text("utf-8")
