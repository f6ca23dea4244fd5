"""What a run did: in the terminal, as JSON, and as a page.

    WorkList, Runner, Ending ──► Report ──► report.json, report.html in the run's folder, terminal

Failures are grouped by cause, each with what to do next and the picture of one such page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson
from rich.console import Console
from rich.markup import escape

from loaders.errors import Exit
from loaders.scrape.errors import CAUSES
from loaders.scrape.worklist import WorkList, write_whole
from loaders.text import duration

LISTED = 5  # failures named in the terminal, of each cause
TEMPLATE = Path(__file__).with_name("report.html.jinja")


@dataclass(frozen=True, slots=True)
class Cause:
    """All failures of one cause; `picture` and `html` are names in the run's folder, or empty."""

    cause: str
    advice: str
    count: int
    failures: list[dict[str, object]]  # label, detail, attempts, at
    picture: str
    html: str


@dataclass(frozen=True, slots=True)
class Report:
    """One run, as far as it went. `seconds` is this process's, `exit_code` its answer."""

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
    causes: list[Cause] = field(default_factory=list)


def make_report(
    work: WorkList,
    *,
    kind: str,
    unit: str,
    ending: str,
    exit_code: Exit,
    next_step: str,
    seconds: float,
    finished_now: int,
    outcomes: Counter[str],
    retries: Counter[str],
) -> Report:
    """The report of a run; nothing is written yet."""
    return Report(
        kind=kind,
        unit=unit,
        folder=str(work.folder),
        ending=ending,
        exit_code=int(exit_code),
        total=len(work.items),
        done=len(work.done),
        failed=len(work.failed),
        left=len(work.left),
        finished_now=finished_now,
        seconds=round(seconds, 1),
        outcomes=dict(outcomes.most_common()),
        retries=dict(retries.most_common()),
        next_step=next_step,
        causes=list(_causes(work)),
    )


def write_report(report: Report, folder: Path) -> Path:
    """Write `report.json` and `report.html`; the page's path."""
    from jinja2 import Environment, StrictUndefined

    content = orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2)
    write_whole(folder / "report.json", content)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page = environment.from_string(TEMPLATE.read_text()).render(report=report, duration=duration)
    write_whole(folder / "report.html", page.encode("utf-8", "backslashreplace"))
    return folder / "report.html"


def render_report(report: Report, console: Console) -> None:
    """Print it for a person."""
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
    for cause in report.causes:
        console.print(f"\n[bold]{cause.count} {cause.cause.replace('_', ' ')}[/bold]")
        for failure in cause.failures[:LISTED]:
            console.print(f"  {escape(str(failure['label']))}: {escape(str(failure['detail']))}")
        if cause.count > LISTED:
            console.print(f"  and {cause.count - LISTED} more")
        console.print(f"  → {cause.advice}", markup=False)
    if report.retries:
        tried = ", ".join(f"{name} {count}" for name, count in report.retries.items())
        console.print(f"\nTried again: {tried}")
    console.print(f"\n{report.next_step}", markup=False, soft_wrap=True)


def _causes(work: WorkList) -> list[Cause]:
    by_cause: dict[str, list[dict[str, object]]] = {}
    for item, failure in work.failed:
        shown = {"label": item.label, "key": item.key, **asdict(failure)}
        by_cause.setdefault(failure.cause, []).append(shown)
    return [
        Cause(
            cause=cause,
            advice=CAUSES[cause].advice if cause in CAUSES else "",
            count=len(failures),
            failures=failures,
            picture=_kept(work.folder, f"{cause}.png"),
            html=_kept(work.folder, f"{cause}.html"),
        )
        for cause, failures in sorted(by_cause.items(), key=lambda pair: -len(pair[1]))
    ]


def _kept(folder: Path, name: str) -> str:
    return f"pages/{name}" if (folder / "pages" / name).exists() else ""
