"""The list of runs of the main job, and of what was published."""

from __future__ import annotations

from loaders.web.listing import Column, Listing

RUNS = Listing(
    path="/runs",
    title="Runs",
    one="stage",
    many="stages",
    lead="What ran, stage by stage, newest first.",
    empty="No run is noted yet: playledger sync makes one.",
    table="{quality}.sync_runs as runs",
    key="runs.run_id || runs.position",
    columns=(
        Column("run", "Run", "runs.run_id", link="/runs/{run}"),
        Column("stage", "Stage", "replace(runs.stage, '_', ' ')"),
        Column("outcome", "Outcome", "runs.outcome", "status"),
        Column("started_at", "Started", "runs.started_at", "time"),
        Column("ended_at", "Ended", "runs.ended_at", "time"),
        Column("message", "Message", "runs.message", is_sorted=False),
    ),
    order="-started_at",
    is_optional=True,
)
