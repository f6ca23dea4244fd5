"""The runs of the past: when, how long, how they ended, what they brought.

    ledger_quality.sync_runs ──► find_runs() ──► Run ──► terminal, JSON, pages

Reads only.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from psycopg2 import sql
from psycopg2.extensions import connection

from loaders.errors import UserError
from playledger.runs.log import outcome_of
from playledger.runs.table import STAGES, StageRecord, has_table

RUNS = f"""
    with stages as ({STAGES})

    select run_id, version, {", ".join(StageRecord.__dataclass_fields__)} from stages
    where run_id in (
        select run_id from stages where %(run)s is null or run_id = %(run)s
        group by run_id order by min(started_at) desc, run_id desc limit %(limit)s
    )
    order by min(started_at) over (partition by run_id) desc, run_id desc, position
"""  # noqa: S608 (names of columns)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, by its stages."""

    run_id: str
    version: str
    stages: list[StageRecord]

    @property
    def outcome(self) -> str:
        """`running`, `done`, `partly`, `failed` or `interrupted`."""
        return outcome_of(stage.outcome for stage in self.stages)

    @property
    def started_at(self) -> datetime:
        """When its first stage started."""
        return min(stage.started_at for stage in self.stages)

    @property
    def seconds(self) -> float | None:
        """From the first start to the last end; None while a stage has no end."""
        ends = [stage.ended_at for stage in self.stages]
        if None in ends:
            return None
        return round((max(ends) - self.started_at).total_seconds(), 1)

    @property
    def brought(self) -> dict[str, int]:
        """Counts: files loaded, campaigns that were new and that changed."""
        campaigns = next((each.counts for each in self.stages if each.stage == "campaigns"), {})
        return {
            "files": sum(len(stage.files) for stage in self.stages),
            "new_campaigns": campaigns.get("new", 0),
            "changed_campaigns": campaigns.get("changed", 0),
        }

    def as_json(self, *, with_stages: bool) -> dict[str, object]:
        """What orjson writes of it; times in ISO 8601, UTC."""
        content = {
            "run_id": self.run_id,
            "version": self.version,
            "started_at": self.started_at,
            "seconds": self.seconds,
            "outcome": self.outcome,
            **self.brought,
        }
        return {**content, "stages": self.stages} if with_stages else content


def find_runs(conn: connection, schema: str, limit: int, run_id: str | None = None) -> list[Run]:
    """The last runs, newest first, or the one that is named; UserError when that is not there."""
    found, quality = [], f"{schema}_quality"
    if has_table(conn, quality):
        query = sql.SQL(RUNS).format(quality=sql.Identifier(quality))
        with conn.cursor() as cur:
            cur.execute(query, {"run": run_id, "limit": limit})
            found = [
                Run(*run, [StageRecord(*row[2:]) for row in rows])
                for run, rows in groupby(cur, key=lambda row: row[:2])
            ]
    if run_id and not found:
        raise UserError(f"There is no run {run_id}. `playledger history` lists all of them.")
    return found
