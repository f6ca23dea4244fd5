"""The report of a run: in the terminal, as JSON, and as a page.

    WorkList, Runner, Ending ──► Report ──► report.json, report.html in the run's folder, terminal

Failures are grouped by cause, each with advice and the screenshot of one such page.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from rich.console import Console
from rich.markup import escape

from loaders.errors import Exit
from loaders.scrape.errors import ERRORS_BY_CAUSE
from loaders.scrape.runner import Ending, Runner
from loaders.scrape.worklist import WorkList, write_file, write_json
from loaders.text import duration

LISTED = 5  # failures of each cause that the terminal names
TEMPLATE = Path(__file__).with_name("report.html.jinja")
NEXT_STEPS = {
    Ending.INTERRUPTED: "Run the same command again to continue.",
    Ending.SESSION_EXPIRED: (
        "Run `playledger login`, then the same command again: it continues where it stopped."
    ),
    Ending.LAYOUT_CHANGED: (
        "Stopped: pages lack elements that they should have. Nothing of them was stored. Compare "
        "the screenshot in the report with loaders/scrape/selectors.py."
    ),
    Ending.NO_ANSWER: (
        "Stopped: the site did not answer ({no_answer}). Nothing is known about the items that are "
        "left; run the same command again later."
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A run so far. `total`, `done`, `failed` and `left` count items of the whole list; the rest
    is about this process: `seconds`, `finished_now` (items), `outcomes`, `retries` by cause.
    `causes` are the failures by `cause`, the largest group first: its `advice`, `count`, `failures`
    (`label` and a Failure's fields), `picture` and `html` (paths in `folder`, or empty).
    """

    kind: str
    unit: str
    folder: str
    ending: str
    exit_code: int
    total: int
    done: int
    failed: int
    left: int
    finished_now: int
    seconds: float
    outcomes: dict[str, int]
    retries: dict[str, int]
    next_step: str
    causes: list[dict[str, Any]] = field(default_factory=list)


def make_report(runner: Runner, ending: Ending, seconds: float) -> Report:
    """The report of a run; writes nothing."""
    work = runner.work
    return Report(
        kind=runner.collection.kind,
        unit=runner.collection.unit,
        folder=str(work.folder),
        ending=ending.value,
        exit_code=int(_exit_code(ending, runner)),
        total=len(work.items),
        done=len(work.done),
        failed=len(work.failed),
        left=len(work.left),
        finished_now=runner.finished,
        seconds=round(seconds, 1),
        outcomes=dict(runner.outcomes.most_common()),
        retries=dict(runner.retries.most_common()),
        next_step=_next_step(ending, runner),
        causes=_group_failures(work),
    )


def write_report(report: Report, folder: Path) -> Path:
    """Write `report.json` and `report.html`; returns the page's path."""
    write_json(folder / "report.json", asdict(report))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page = environment.from_string(TEMPLATE.read_text()).render(report=report, duration=duration)
    write_file(folder / "report.html", page.encode("utf-8", "backslashreplace"))
    return folder / "report.html"


def print_report(report: Report, console: Console) -> None:
    """Print the report."""
    speed = ""
    if report.finished_now:
        each = report.seconds / report.finished_now
        speed = f"; {report.finished_now} in {duration(report.seconds)}, {each:.1f} s each"
    console.print(
        f"\n{report.done} of {report.total} {report.unit} done, {report.failed} failed, "
        f"{report.left} left ({report.ending}{speed})"
    )
    for outcome, count in report.outcomes.items():
        console.print(f"  {count:>7,}  {outcome}", markup=False)
    for group in report.causes:
        console.print(f"\n[bold]{group['count']} {group['cause'].replace('_', ' ')}[/bold]")
        for failure in group["failures"][:LISTED]:
            console.print(f"  {escape(str(failure['label']))}: {escape(str(failure['detail']))}")
        if group["count"] > LISTED:
            console.print(f"  and {group['count'] - LISTED} more")
        console.print(f"  → {group['advice']}", markup=False)
    if report.retries:
        retries = ", ".join(
            f"{cause.replace('_', ' ')} {count}" for cause, count in report.retries.items()
        )
        console.print(f"\nRetries: {retries}")
    console.print(f"\n{report.next_step}", markup=False, soft_wrap=True)


def _exit_code(ending: Ending, runner: Runner) -> Exit:
    if ending is Ending.SESSION_EXPIRED:
        return Exit.LOGIN
    if ending is Ending.FINISHED:
        return Exit.PARTLY if runner.work.failed else Exit.DONE
    if ending is Ending.INTERRUPTED or runner.finished:
        return Exit.PARTLY
    return Exit.NOTHING


def _next_step(ending: Ending, runner: Runner) -> str:
    if ending in NEXT_STEPS:
        return NEXT_STEPS[ending].format(no_answer=runner.no_answer)
    steps = []
    if runner.work.done:
        steps.append("run `make load` and `dbt build` to bring the results into the ledger")
    if runner.outcomes["to review"]:
        steps.append("then `playledger review --kind sfa` to decide on close matches")
    if runner.work.failed:
        steps.append("run again with --retry-failed to retry what failed")
    text = "; ".join(steps)
    return f"{text[:1].upper()}{text[1:]}." if text else "There is nothing else to do."


def _group_failures(work: WorkList) -> list[dict[str, Any]]:
    by_cause: dict[str, list[dict[str, object]]] = {}
    for item, failure in work.failed:
        by_cause.setdefault(failure.cause, []).append({"label": item.label, **asdict(failure)})
    return [
        {
            "cause": cause,
            "advice": ERRORS_BY_CAUSE[cause].advice if cause in ERRORS_BY_CAUSE else "",
            "count": len(failures),
            "failures": failures,
            "picture": _saved(work.folder, f"{cause}.png"),
            "html": _saved(work.folder, f"{cause}.html"),
        }
        for cause, failures in sorted(by_cause.items(), key=lambda group: -len(group[1]))
    ]


def _saved(folder: Path, name: str) -> str:
    return f"pages/{name}" if (folder / "pages" / name).exists() else ""
