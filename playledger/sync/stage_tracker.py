"""The stages that dbt builds: followed node by node, and ended with what the ledger holds.

    dbt's nodes ──► StageTracker ──► lines in the terminal, RunLog
    ledger (rows, new, changed) ──┘

dbt builds all stages at once, in an order of its own: a stage's time is the work of its nodes.
"""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from rich.console import Console

from loaders.database import Database
from playledger.dbt.build import BuildResult, Node
from playledger.runs.log import RunLog
from playledger.runs.stages import BY_NAME, STAGES, Stage, count_rows, title_of

logger = logging.getLogger(__name__)


class StageTracker:
    """The stages that dbt builds in one run; `result` is that of the last build."""

    def __init__(self, log: RunLog, console: Console) -> None:
        self._log, self._console = log, console
        self.seconds: Counter[str] = Counter()  # dbt's work by stage, in all builds
        self._seconds_now: Counter[str] = Counter()  # of this build
        self._incomplete: set[str] = set()  # stages with a model that was not built
        self.result = BuildResult()

    def build(self, build: Callable[..., BuildResult]) -> None:
        """Run `build(on_node=...)`; UserError when dbt could not start."""
        self._seconds_now.clear()
        self._incomplete.clear()
        self.result = build(on_node=self.node_finished)
        for node in self.result.nodes:
            self.seconds[stage_of(node).name] += node.seconds

    def node_finished(self, node: Node) -> None:
        """Follow a finished model; called from dbt's threads, where it must not raise."""
        if node.kind != "model":
            return
        stage = stage_of(node)
        with suppress(OSError):
            if stage.name not in self._log.records:
                self._log.start(stage.name)
            self._seconds_now[stage.name] += node.seconds
            if node.is_failed or node.status == "skipped":
                self._incomplete.add(stage.name)
            if not node.left and stage.name != "verification":
                self._stage_finished(stage)

    def _stage_finished(self, stage: Stage) -> None:
        is_complete = stage.name not in self._incomplete
        outcome = "built" if is_complete else "not fully built"
        message = f"{outcome}, {self._seconds_now[stage.name]:.1f} s"
        self._console.print(f"  {title_of(stage.name)}: {message}")
        self._log.progress(stage.name, message)
        if is_complete:
            self._log.note(stage.name, outcome="done")

    def end_stages(self, database: Database, schema: str) -> None:
        """End stages 1 to 8, with the ledger's rows of each."""
        with database.connect() as conn:
            rows = count_rows(conn, schema, self._log.began)
        for stage in STAGES[:8]:
            outcome, message, tests = self.judge(stage)
            record = self._log.records.get(stage.name)
            counts = record.counts if record else {}
            counts = {**rows.get(stage.name, {}), **counts, "tests": tests}
            if record and record.outcome in ("partly", "failed") and outcome == "done":
                outcome, message = record.outcome, record.message  # of its scrape
            self._log.end(
                stage.name,
                outcome,
                seconds=counts.pop("seconds", 0.0) + self.seconds[stage.name],
                counts=counts,
                message=message,
                dbt_invocation_id=self.result.invocation_id,
            )

    def judge(self, stage: Stage) -> tuple[str, str | None, int]:
        """(outcome, why it is not done, tests that passed) of a stage in the last build."""
        nodes = [node for node in self.result.nodes if stage_of(node) is stage]
        failed = [f"{node.name}: {node.message}" for node in nodes if node.is_failed]
        tests = sum(node.status in ("pass", "warn") for node in nodes)  # no model has these
        skipped = [node.name for node in nodes if node.status == "skipped"]
        if failed:
            return "failed", "; ".join(failed), tests
        if skipped:
            logger.info("%s: dbt skipped %s", stage.name, ", ".join(skipped))
            outcome = "skipped" if len(skipped) == len(nodes) else "partly"
            more = f" and {len(skipped) - 2} more" if len(skipped) > 2 else ""
            reason = f"Skipped, since an input failed: {', '.join(skipped[:2])}{more}."
            return outcome, reason, tests
        return "done", None, tests


def stage_of(node: Node) -> Stage:
    """The stage that a node of dbt counts for; verification for one without a stage of its own."""
    return BY_NAME.get(node.stage, BY_NAME["verification"])
