"""Run `dbt build` in this process, and return what was built, tested and failed.

    profiles.yml ──► dbt build ──► Node (as each finishes) ──► BuildResult

In this process, since starting the command `dbt` takes three seconds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.settings import PROJECT

if TYPE_CHECKING:
    from dbt.artifacts.schemas.run import RunResult
    from dbt_common.events.base_types import EventMsg

FAILED = frozenset({"error", "fail", "runtime error"})


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a build: name, kind (`model`, `seed`, `test` ...), dbt's status, and seconds.

    `tests` is the one model or seed that a test is about, if it is one. `tests` and `message` (why
    the node failed) are set once the build has ended.
    """

    name: str
    kind: str
    status: str
    seconds: float
    tests: str | None = None
    message: str = ""

    @property
    def is_failed(self) -> bool:
        """Whether it could not be built, or is a test that failed."""
        return self.status in FAILED


@dataclass(slots=True)
class BuildResult:
    """Counts of nodes by status (`success`, `pass`, `warn`, `error`, `fail`, `skipped`), the nodes,
    and one line for each that failed.

    `nodes` has no ephemeral models: dbt does not build them. `invocation_id` is dbt's own.
    """

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    invocation_id: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether everything was built and all tests passed."""
        return not self.failures


def preload_dbt() -> None:
    """Import dbt ahead of a build: it takes as long as a small load, and can run beside one."""
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    import dbt.adapters.postgres
    import dbt.cli.main  # noqa: F401


def build(
    *arguments: str,
    profiles: Path = PROJECT,
    project: Path = PROJECT,
    on_node: Callable[[Node], None] | None = None,
) -> BuildResult:
    """Run `dbt build` on the folder `project`, with the `profiles.yml` in the folder `profiles`.

    `on_node` gets every node that has finished, ephemeral models too, in dbt's threads; it must not
    raise. Raises UserError when dbt could not start or had nothing to build.
    """
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    from dbt.cli.main import dbtRunner

    invocations: list[str] = []

    def listen(event: EventMsg) -> None:
        if not invocations:
            invocations.append(event.info.invocation_id)
        if on_node and event.info.name == "NodeFinished":
            info, run = event.data.node_info, event.data.run_result
            on_node(Node(info.node_name, info.resource_type, run.status, run.execution_time))

    # The result says what failed; dbt's own output has tracebacks.
    quiet = ["--quiet", "--log-level", "none"]
    folders = ["--project-dir", str(project), "--profiles-dir", str(profiles)]
    nodes = ["--exclude-resource-type", "exposure"]  # of which there is nothing to build
    outcome = dbtRunner(callbacks=[listen]).invoke([*quiet, "build", *folders, *nodes, *arguments])
    if isinstance(outcome.exception, KeyboardInterrupt):
        raise KeyboardInterrupt
    if outcome.result is None:
        raise UserError(
            f"dbt could not build: {_first_lines(str(outcome.exception))}\n"
            "Run `dbt debug` to see whether it finds the database."
        )
    result = BuildResult(Counter(str(run.status) for run in outcome.result.results))
    result.invocation_id = invocations[0] if invocations else None
    if not result.counts:
        raise UserError("dbt built nothing: no model was selected.")
    for run in outcome.result.results:
        node = _node(run)
        result.nodes.append(node)
        if node.is_failed:
            result.failures.append(f"{node.name}: {node.message}")
    return result


def _node(run: RunResult) -> Node:
    """A node of dbt's result, built or skipped."""
    status = str(run.status)
    tested = getattr(run.node, "attached_node", None)
    message = _first_lines(run.message or "") if status in FAILED else ""
    if status == "fail" and getattr(run.node, "compiled_path", None):
        message += f" (the rows: run {run.node.compiled_path})"
    return Node(
        run.node.name,
        str(run.node.resource_type),
        status,
        run.execution_time,
        tested.rpartition(".")[2] if tested else None,
        message,
    )


def _first_lines(text: str, lines: int = 4) -> str:
    return "\n  ".join(line.strip() for line in text.strip().splitlines()[:lines] if line.strip())
