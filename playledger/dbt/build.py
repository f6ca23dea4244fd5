"""Run dbt in this process: one build of all models and tests, and what came of it.

    profiles.yml ──► dbt build ──► Node ... (as each finishes) ──► BuildResult

In-process, since a `dbt` command of its own spends three seconds on starting.
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
    """One node of a build: its name, `model`, `seed`, `test` ..., status, and seconds of work.

    `tests` names the model or seed that a test looks at, where it is one alone; it and `message`
    (why a node failed) are known once the build has ended.
    """

    name: str
    kind: str
    status: str
    seconds: float
    tests: str | None = None
    message: str = ""

    @property
    def is_failed(self) -> bool:
        """Whether it could not be built, or does not hold."""
        return self.status in FAILED


@dataclass(slots=True)
class BuildResult:
    """Nodes by status (`success`, `pass`, `warn`, `error`, `fail`, `skipped`), and what failed.

    `nodes` has no ephemeral models: dbt does not build them. `invocation_id` is dbt's own key.
    """

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    invocation_id: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether everything was built and every test holds."""
        return not self.failures


def get_ready() -> None:
    """Import dbt, which takes as long as a small load; the first build does it otherwise."""
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    import dbt.adapters.postgres
    import dbt.cli.main  # noqa: F401


def build(
    *arguments: str,
    profiles: Path = PROJECT,
    project: Path = PROJECT,
    on_node: Callable[[Node], None] | None = None,
) -> BuildResult:
    """`dbt build` of a project folder with further arguments, by the `profiles.yml` in a folder.

    `on_node` is told of every node that has finished, ephemeral models too, from dbt's threads; it
    must not raise. Raises UserError when dbt could not start or had nothing to build.
    """
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    from dbt.cli.main import dbtRunner

    invocations: list[str] = []

    def listen(event: EventMsg) -> None:
        if not invocations:
            invocations.append(event.info.invocation_id)
        if on_node and event.info.name == "NodeFinished":
            known, ran = event.data.node_info, event.data.run_result
            on_node(Node(known.node_name, known.resource_type, ran.status, ran.execution_time))

    # What fails is in the result; dbt's own words for it hold tracebacks.
    silence = ["--quiet", "--log-level", "none"]
    folders = ["--project-dir", str(project), "--profiles-dir", str(profiles)]
    wanted = ["--exclude-resource-type", "exposure"]  # nothing is built of who reads the ledger
    outcome = dbtRunner(callbacks=[listen]).invoke(
        [*silence, "build", *folders, *wanted, *arguments]
    )
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
    """What dbt says of a node that was run or passed over."""
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
