"""What the stages of a run come to: told of each node while dbt builds, settled afterwards.

    dbt's nodes ──► Tracker ──► lines in the terminal, RunLog
    ledger (rows, new, changed) ──┘

dbt builds all stages at once, in an order of its own: a stage's time is the work of its nodes.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from playledger.dbt.build import BuildResult, Node
from playledger.runs.stages import BUILT, STAGES, Stage, count_rows, stage_of, title_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from loaders.database import Database
    from playledger.runs.log import RunLog


class Tracker:
    """The stages that dbt works at, in one run. `is_good` tells whether the last build held."""

    def __init__(self, run: RunLog, console: Console) -> None:
        self._run, self._console = run, console
        self._lock = threading.Lock()
        self._left: dict[str, set[str]] = {}
        self._work: Counter[str] = Counter()  # seconds by stage, of all builds
        self._now: Counter[str] = Counter()  # of the one that is on
        self._unbuilt: set[str] = set()  # stages that it cannot build whole
        self.result = BuildResult()

    @property
    def is_good(self) -> bool:
        """Whether everything was built and every test holds."""
        return self.result.is_good

    def build(self, make: Callable[..., BuildResult]) -> BuildResult:
        """One build of everything by `make(on_node=...)`; UserError when dbt could not start."""
        self._left = {stage.name: set(stage.models) for stage in STAGES}
        self._now.clear()
        self._unbuilt.clear()
        self.result = make(on_node=self.node_finished)
        for node in self.result.nodes:
            self._work[stage_of(node).name] += node.seconds
        return self.result

    def node_finished(self, node: Node) -> None:
        """A model, seed or test is done; called from dbt's threads, which it must not stop."""
        if node.kind != "model":
            return
        stage = stage_of(node)
        with self._lock, suppress(OSError):
            if stage.name not in self._run.records:
                self._run.start(stage.name)
            self._now[stage.name] += node.seconds
            self._left[stage.name].discard(node.name)
            if node.is_failed or node.status == "skipped":
                self._unbuilt.add(stage.name)
            if not self._left[stage.name] and stage.name != "verification":
                is_whole = stage.name not in self._unbuilt
                did = "built" if is_whole else "not built whole"
                said = f"{did}, {self._now[stage.name]:.1f} s"
                self._console.print(f"  {title_of(stage.name)}: {said}")
                self._run.progress(stage.name, said)
                if is_whole:
                    self._run.note(stage.name, outcome="done")

    def settle(self, database: Database, schema: str) -> None:
        """End the first eight stages, with what the ledger holds of each."""
        with database.connect() as conn:
            counts = count_rows(conn, schema, BUILT, self._run.began)
        for stage in STAGES[:8]:
            outcome, message, tests = self.judge(stage)
            record = self._run.records.get(stage.name)
            known = record.counts if record else {}
            known = {**counts.get(stage.name, {}), **known, "tests": tests}
            if record and record.outcome in ("partly", "failed") and outcome == "done":
                outcome, message = record.outcome, record.message  # its scrape was
            self._run.end(
                stage.name,
                outcome,
                seconds=known.pop("seconds", 0.0) + self._work[stage.name],
                counts=known,
                message=message,
                dbt_invocation_id=self.result.invocation_id,
            )

    def judge(self, stage: Stage) -> tuple[str, str | None, int]:
        """(outcome, why it is not done, tests that hold) of a stage's nodes in the last build."""
        nodes = [node for node in self.result.nodes if stage_of(node) is stage]
        failed = [f"{node.name}: {node.message}" for node in nodes if node.is_failed]
        tests = sum(node.status in ("pass", "warn") for node in nodes)  # no model has these
        skipped = [node.name for node in nodes if node.status == "skipped"]
        if failed:
            return "failed", "; ".join(failed), tests
        if skipped:
            outcome = "skipped" if len(skipped) == len(nodes) else "partly"
            more = f" and {len(skipped) - 2} more" if len(skipped) > 2 else ""
            return outcome, f"What they read failed: {', '.join(skipped[:2])}{more}.", tests
        return "done", None, tests

    def seconds_of(self, name: str) -> float:
        """The work of dbt for one stage, in all builds."""
        return self._work[name]
