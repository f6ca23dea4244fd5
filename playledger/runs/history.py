"""Runs of the main job, looked back at: when, how long, how they ended, what they brought.

    ledger_quality.sync_runs ──► find_runs(), find_run() ──► Run ... ──► terminal, JSON

Reads only. A run whose process is gone is shown as interrupted, also before the next one notes it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from psycopg2 import sql

from loaders.errors import UserError
from loaders.text import plural
from playledger.console.stages import render_stages
from playledger.runs.log import outcome_of
from playledger.runs.table import Record, has_table, is_run_on, place_of

if TYPE_CHECKING:
    from psycopg2.extensions import connection
    from rich.console import Console

RUNS = """
    select run_id, version, {columns} from {table}
    where run_id in (
        select run_id from {table} where %(run)s is null or run_id = %(run)s
        group by run_id order by min(started_at) desc, run_id desc limit %(limit)s
    )
    order by min(started_at) over (partition by run_id) desc, run_id desc, position
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, by its stages. `seconds` is None where nobody knows when it ended."""

    run_id: str
    version: str
    stages: list[Record]

    @property
    def outcome(self) -> str:
        """`running`, `done`, `partly`, `failed` or `interrupted`."""
        return outcome_of(stage.outcome for stage in self.stages)

    @property
    def started_at(self) -> datetime:
        """When its first stage began."""
        return min(stage.started_at for stage in self.stages)

    @property
    def seconds(self) -> float | None:
        """From the first start to the last end."""
        ends = [stage.ended_at for stage in self.stages]
        if None in ends:
            return None
        return round((max(ends) - self.started_at).total_seconds(), 1)

    @property
    def brought(self) -> dict[str, int]:
        """Files that were loaded, campaigns that were new and that changed."""
        campaigns = next((each.counts for each in self.stages if each.stage == "campaigns"), {})
        return {
            "files": sum(len(stage.files) for stage in self.stages),
            "new_campaigns": campaigns.get("new", 0),
            "changed_campaigns": campaigns.get("changed", 0),
        }

    def as_json(self, *, with_stages: bool) -> dict[str, object]:
        """Plain values; times in ISO 8601, UTC."""
        found = {
            "run_id": self.run_id,
            "version": self.version,
            "started_at": self.started_at.isoformat(),
            "seconds": self.seconds,
            "outcome": self.outcome,
            **self.brought,
        }
        if with_stages:
            found["stages"] = [
                {
                    name: value.isoformat() if isinstance(value, datetime) else value
                    for name, value in asdict(stage).items()
                }
                for stage in self.stages
            ]
        return found


def find_runs(conn: connection, schema: str, limit: int) -> list[Run]:
    """The last runs, newest first; none where no run was ever written down."""
    return _ask(conn, schema, None, limit)


def find_run(conn: connection, schema: str, run_id: str) -> Run:
    """One run; UserError when there is none of this name."""
    found = _ask(conn, schema, run_id, 1)
    if not found:
        raise UserError(f"There is no run {run_id}. `playledger history` lists all of them.")
    return found[0]


def render_runs(runs: list[Run], console: Console) -> None:
    """Print one line a run, in local time."""
    if not runs:
        console.print("No run yet. `playledger sync` makes one.")
        return
    width = max(len(run.run_id) for run in runs)
    lines = [("run", "when", "took", "outcome", "brought")]
    for run in runs:
        took = "" if run.seconds is None else f"{run.seconds:,.1f} s"
        when = f"{run.started_at.astimezone():%Y-%m-%d %H:%M}"
        lines.append((run.run_id, when, took, run.outcome, _in_words(run.brought)))
    for name, when, took, outcome, brought in lines:
        line = f"{name:<{width}}  {when:<16}  {took:>9}  {outcome:<11}  {brought}"
        console.print(line, markup=False, soft_wrap=True)


def render_run(run: Run, console: Console) -> None:
    """Print what each stage of a run did."""
    when = f"{run.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    took = "" if run.seconds is None else f", {run.seconds:.1f} s"
    console.print(f"Run {run.run_id}: {run.outcome}; {when}{took}", markup=False)
    render_stages(run.stages, console)
    if files := [file["name"] for stage in run.stages for file in stage.files]:
        more = f" and {len(files) - 3:,} more" if len(files) > 3 else ""
        console.print(f"Files: {', '.join(files[:3])}{more}", markup=False)


def _ask(conn: connection, schema: str, run_id: str | None, limit: int) -> list[Run]:
    if not has_table(conn, schema):
        return []
    names = list(Record.__dataclass_fields__)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    query = sql.SQL(RUNS).format(columns=columns, table=place_of(schema))
    is_on = is_run_on(conn)
    with conn.cursor() as cursor:
        cursor.execute(query, {"run": run_id, "limit": limit})
        rows = cursor.fetchall()
    runs = []
    for (name, version), stages in groupby(rows, key=lambda row: row[:2]):
        records = [Record(*row[2:]) for row in stages]
        for record in records:
            if record.outcome == "running" and not is_on:
                record.outcome = "interrupted"
        runs.append(Run(name, version, records))
    return runs


def _in_words(brought: dict[str, int]) -> str:
    nouns = ("file", "new campaign", "changed campaign")
    told = [
        plural(count, noun) for count, noun in zip(brought.values(), nouns, strict=True) if count
    ]
    return ", ".join(told) or "nothing new"
