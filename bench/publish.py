"""Publishing: a plan of 100 changed campaigns of 653, and the transaction that writes it.

    sample, built ──► export with 100 changed rows ──► `playledger plan`, publish(), undo()

A plan is measured as a whole process: it starts dbt, loads, builds and tests a candidate, and
compares. Each published transaction is undone before the next.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console

from bench.ledger import load_and_build
from bench.measured import line, run
from loaders.database import open_database
from loaders.embedded_postgres import stop_embedded
from loaders.export_order import LoadOverrides
from loaders.settings import Settings
from loaders.source_file import find_inputs
from playledger.publish.apply import publish
from playledger.publish.plan_store import create_plan_tables, store_plan
from playledger.publish.stages import candidate_stage
from playledger.publish.target import Target
from playledger.publish.undo import choose_run, undo
from playledger.runs.log import RunLog
from sample import make_sample

CAMPAIGNS, CHANGED, TIMES = 653, 100, 5
PLAN_LIMIT, PUBLISH_LIMIT = 15.0, 0.050  # seconds
QUIET = Console(quiet=True)


def measure() -> Iterator[str]:
    """Measure; a line for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "home", "ledger", None)
        files = Path(folder) / "files"
        make_sample(files, CAMPAIGNS)
        later = files / "later.csv"
        _change(files / "campaigns_export.csv", later)
        try:
            load_and_build(settings, files)
            yield from _plans(settings, later)
            with RunLog(settings, "bench", ("candidate",)) as log:
                target = Target(settings, open_database(settings), QUIET, log)
                yield from _transactions(target, later)
        finally:
            stop_embedded(settings)


def _change(export: Path, later: Path) -> None:
    """Write the same export with another goal in every sixth row, CHANGED in all."""
    with export.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    goal = header.index("Goal")
    for row in rows[: CHANGED * 6 : 6]:
        row[goal] = str(int(row[goal] or 0) + 1000)
    with later.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _plans(settings: Settings, later: Path) -> Iterator[str]:
    environment = {"PLAYLEDGER_HOME": str(settings.home), "DATABASE_URL": ""}
    seconds = [
        run("playledger", "plan", "--csv", later, **environment).seconds for _ in range(TIMES + 1)
    ]
    first, *warm = seconds
    yield line("publish", f"plan, {CHANGED} of {CAMPAIGNS} changed, first", first, PLAN_LIMIT)
    yield line("", "the same, warm", median(warm), PLAN_LIMIT)


def _transactions(target: Target, later: Path) -> Iterator[str]:
    publish_seconds, undo_seconds, schema = [], [], target.settings.schema
    files = find_inputs(later, None, None)
    with candidate_stage(target, files, LoadOverrides()) as (_, plan), target.connect() as conn:
        create_plan_tables(conn, schema)
        for nth in range(TIMES):
            run_plan = replace(plan, run_id=f"{plan.run_id}-{nth}")
            store_plan(conn, run_plan)
            publish_seconds.append(_seconds(partial(publish, conn, run_plan)))
            published = choose_run(conn, schema, run_plan.run_id)
            conn.rollback()
            undo_seconds.append(_seconds(partial(undo, conn, schema, published)))
    rows = f"{len(plan.changes):,} rows"
    yield line("", f"publish(), {rows}", median(publish_seconds), PUBLISH_LIMIT)
    yield f"         undo() of the same: {median(undo_seconds):.3f} s"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
