"""The report: one HTML file that says how the ledger stands, to be kept, printed and passed on.

    account, last run, ledger, last plan ──► write_report() ──► report.html

It stands alone: style included, no script, no request to any host. Where a run failed half-way or
the ledger is away, it says what is not known.
"""

from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from loaders.atomic_files import write_whole
from loaders.database import Database
from loaders.errors import UserError
from loaders.settings import Settings
from playledger.audit.account import Account
from playledger.console.account import shortened
from playledger.publish.view.summary import NOT_A_CHANGE, summarise_changes
from playledger.runs.history import Run
from playledger.web.app import STATIC
from playledger.web.data_coverage import COVERAGE_ROWS
from playledger.web.ledger_reader import Reader, Unavailable
from playledger.web.overview import read_overview
from playledger.web.problem_samples import find_failed_scrapes, find_issues, find_rejects
from playledger.web.run_pages import stage_rows
from playledger.web.templating import templates

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
    ledger = _read(settings, database)
    run = run or (ledger["overview"].run if ledger["overview"] else None)
    figures = groupby(account.figures if account else (), key=lambda figure: figure.group)
    style = (STATIC / "style.css").read_text("utf-8")
    template = templates().get_template("report.html.jinja")
    text = template.render(
        made_at=datetime.now(UTC),
        address=database.address if database else None,
        style=Markup(style),  # noqa: S704 (the project's own file)
        account=account,
        groups=[(group, list(shortened(group, list(some)))) for group, some in figures],
        missing_files=missing_files,
        run=run,
        stages=stage_rows(run) if run else [],
        failed_scrapes=find_failed_scrapes(settings.home),
        coverage_rows=COVERAGE_ROWS,
        **ledger,
    )
    try:
        write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UserError(
            f"The report cannot be written to {path}: {error.strerror}. Name another file with "
            "--out."
        ) from None
    return path


def _read(settings: Settings, database: Database | None) -> dict[str, Any]:
    """What the template shows of the ledger: nothing but `error` where it cannot be read."""
    nothing = dict.fromkeys(("overview", "plan", "issues", "rejects", "error"))
    if database is None:
        return nothing | {"error": "The run ended before it had a database."}
    with closing(Reader(database, settings.schema)) as reader:
        try:
            return nothing | {
                "overview": read_overview(reader),
                "plan": _published(reader),
                "issues": find_issues(reader),
                "rejects": find_rejects(reader),
            }
        except Unavailable as error:
            return nothing | {"error": str(error)}


def _published(reader: Reader) -> dict[str, Any] | None:
    """The last published plan: its campaigns in a sentence, and counts of its rows by table."""
    plan = reader.row(PUBLISHED) if reader.has_table("{quality}.plans") else None
    if plan is None:
        return None
    values = {"run": plan.run_id, "ledger": reader.schema}
    tables = reader.rows(PUBLISHED_ROWS, values)
    new = next((each.new for each in tables if each.name == f"{reader.schema}.campaigns"), 0)
    changed = [set(row[0]) - NOT_A_CHANGE for row in reader.stream(CHANGED, values)]
    sentence = summarise_changes(new, changed, plan.figures or {}) or "No campaign was changed"
    return plan._asdict() | {"sentence": f"{sentence}.", "tables": tables}
