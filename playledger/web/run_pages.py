"""Runs of the main job: the last one for the overview, and the page of each with its stages.

ledger_quality.sync_runs ──► find_run() ──► Run ──► overview, /runs/{run}, report
"""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from playledger.console.stages import in_short
from playledger.runs.history import Run
from playledger.runs.stages import title_of
from playledger.runs.table import STAGES, StageRecord
from playledger.web.ledger_reader import Reader
from playledger.web.templating import render

TABLE = "{quality}.sync_runs"
FIELDS = ", ".join(StageRecord.__dataclass_fields__)
RUN = f"select run_id, version, {FIELDS} from ({STAGES}) as stages where run_id = "
LAST = f"(select run_id from {TABLE} order by started_at desc, run_id desc limit 1)"


def find_run(reader: Reader, run_id: str | None = None) -> Run | None:
    """A run, the last one if none is named; None where there is no such run.

    A run whose process is gone is `interrupted`.
    """
    if not reader.has_table(TABLE):
        return None
    which = LAST if run_id is None else "%(run)s"
    rows = reader.rows(f"{RUN}{which} order by position", {"run": run_id})
    if not rows:
        return None
    stages = [StageRecord(*row[2:]) for row in rows]
    return Run(rows[0].run_id, rows[0].version, stages)


def stage_rows(run: Run) -> list[tuple[StageRecord, str, str, str]]:
    """(record, title, what it did, why it is not done) of each stage, in order."""
    return [
        (
            stage,
            title_of(stage.stage),
            in_short(replace(stage, message=None)).removeprefix(stage.outcome).lstrip(", "),
            (stage.message or "").strip(),
        )
        for stage in sorted(run.stages, key=lambda stage: stage.position)
    ]


def show_run(request: Request) -> Response:
    """The page of one run."""
    run = find_run(request.app.state.reader, request.path_params["run"])
    if run is None:
        raise HTTPException(404)
    files = [file for stage in run.stages for file in stage.files]
    return render(request, "run.html.jinja", run=run, stages=stage_rows(run), files=files)
