"""Run `dbt build` in this process, and return what was built, tested and failed.

    profiles.yml ──► dbt parse ──► dbt build ──► Node (as each finishes) ──► BuildResult

In this process, since starting the command `dbt` takes three seconds.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import UserError
from loaders.settings import find_project, set_environment

if TYPE_CHECKING:
    from dbt.artifacts.schemas.run import RunResult
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

NO_TELEMETRY = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
FAILED = frozenset({"error", "fail", "runtime error"})


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a build: name, kind (`model`, `seed`, `test` ...), dbt's status, and seconds.

    `stage` is its `meta.stage` in the dbt project; a test has that of the model or seed that it is
    attached to. `left` is how many models of the stage had not finished when this model did.
    `message` (why the node failed) is set once the build has ended.
    """

    name: str
    kind: str
    status: str
    seconds: float
    stage: str = ""
    left: int = 0
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
    set_environment(NO_TELEMETRY)
    import dbt.adapters.postgres
    import dbt.cli.main  # noqa: F401


def build(
    *selection: str,
    options: Sequence[str] = (),
    profiles: Path | None = None,
    project: Path | None = None,
    on_node: Callable[[Node], None] | None = None,
) -> BuildResult:
    """Run `dbt build` on a project folder, with the `profiles.yml` in the folder `profiles`.

    Both are the project's unless given.

    `selection` are arguments of `dbt build`; `options` are those that every dbt command takes.
    `on_node` gets every node that has finished, ephemeral models too, one at a time, in dbt's
    threads; it must not raise. Raises UserError when dbt could not start or had nothing to build.
    """
    set_environment(NO_TELEMETRY)
    from dbt.cli.main import dbtRunner

    # The result says what failed; dbt's own output has tracebacks.
    quiet = ["--quiet", "--log-level", "none"]
    project = project or find_project()
    folders = ["--project-dir", str(project), "--profiles-dir", str(profiles or project)]
    common = [*folders, *options]
    nodes = ["--exclude-resource-type", "exposure"]  # of which there is nothing to build
    manifest: Manifest = _checked(dbtRunner().invoke([*quiet, "parse", *common])).result
    stages = stages_of(manifest)
    listener = _Listener(manifest, stages, on_node)
    outcome = _checked(
        dbtRunner(manifest, callbacks=[listener]).invoke(
            [*quiet, "build", *common, *nodes, *selection]
        )
    )
    result = BuildResult(Counter(str(run.status) for run in outcome.result.results))
    result.invocation_id = listener.invocation_id
    if not result.counts:
        raise UserError("dbt built nothing: no model was selected.")
    for run in outcome.result.results:
        node = _node(run, stages)
        result.nodes.append(node)
        if node.is_failed:
            result.failures.append(f"{node.name}: {node.message}")
    return result


class _Listener:
    """dbt's events: gives each finished node to `on_node`, with what is left of its stage."""

    def __init__(
        self,
        manifest: Manifest,
        stages: dict[str, str],
        on_node: Callable[[Node], None] | None,
    ) -> None:
        self.invocation_id: str | None = None
        self._stages, self._on_node = stages, on_node
        models = (node for node in manifest.nodes.values() if node.resource_type == "model")
        self._left = Counter(stages[model.unique_id] for model in models)
        self._lock = threading.Lock()

    def __call__(self, event: EventMsg) -> None:
        self.invocation_id = self.invocation_id or event.info.invocation_id
        if self._on_node is None or event.info.name != "NodeFinished":
            return
        info, run = event.data.node_info, event.data.run_result
        stage = self._stages.get(info.unique_id, "")
        with self._lock:
            self._left[stage] -= info.resource_type == "model"
            left = self._left[stage]
            seconds = run.execution_time
            node = Node(info.node_name, info.resource_type, run.status, seconds, stage, left)
            self._on_node(node)


def _checked(outcome: dbtRunnerResult) -> dbtRunnerResult:
    """What dbt returned; UserError when it returned nothing."""
    if isinstance(outcome.exception, KeyboardInterrupt):
        raise KeyboardInterrupt
    if outcome.result is None:
        raise UserError(
            f"dbt could not build: {_first_lines(str(outcome.exception))}\n"
            "Run `dbt debug` to see whether it finds the database."
        )
    return outcome


def stages_of(manifest: Manifest) -> dict[str, str]:
    """The stage of every node by its unique id; an empty text for a node without one."""
    stages = {}
    for unique_id, node in manifest.nodes.items():
        of = manifest.nodes.get(getattr(node, "attached_node", None), node)
        stages[unique_id] = of.config.meta.get("stage", "")
    return stages


def _node(run: RunResult, stages: dict[str, str]) -> Node:
    """A node of dbt's result, built or skipped."""
    status = str(run.status)
    message = _first_lines(run.message or "") if status in FAILED else ""
    if status == "fail" and getattr(run.node, "compiled_path", None):
        message += f" (the rows: run {run.node.compiled_path})"
    return Node(
        run.node.name,
        str(run.node.resource_type),
        status,
        run.execution_time,
        stages.get(run.node.unique_id, ""),
        message=message,
    )


def _first_lines(text: str, lines: int = 4) -> str:
    return "\n  ".join(line.strip() for line in text.strip().splitlines()[:lines] if line.strip())
