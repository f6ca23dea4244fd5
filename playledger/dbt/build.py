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
# Nobody reads them.
NO_ARTIFACTS = ("--no-write-json", "--log-level-file", "none")
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
    """The nodes of a build, without ephemeral models: dbt does not build them.

    `invocation_id` is dbt's own.
    """

    nodes: list[Node] = field(default_factory=list)
    invocation_id: str | None = None

    @property
    def failures(self) -> list[str]:
        """A line for each node that failed."""
        return [f"{node.name}: {node.message}" for node in self.nodes if node.is_failed]

    @property
    def is_good(self) -> bool:
        """Whether everything was built and all tests passed."""
        return not any(node.is_failed for node in self.nodes)


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
    from dbt_common.invocation import get_invocation_id

    # The result says what failed; dbt's own output has tracebacks.
    quiet = ["--quiet", "--log-level", "none", *NO_ARTIFACTS]
    project = project or find_project()
    common = ["--project-dir", str(project), "--profiles-dir", str(profiles or project), *options]
    nodes = ["--exclude-resource-type", "exposure"]  # of which there is nothing to build
    manifest: Manifest = _checked(dbtRunner().invoke([*quiet, "parse", *common])).result
    stages = stages_of(manifest)
    callbacks = [_listener(manifest, stages, on_node)] if on_node else []
    runner = dbtRunner(manifest, callbacks)
    outcome = _checked(runner.invoke([*quiet, "build", *common, *nodes, *selection]))
    if not outcome.result.results:
        raise UserError("dbt built nothing: no model was selected.")
    built = [_node(run, stages) for run in outcome.result.results]
    return BuildResult(built, get_invocation_id())


def _listener(
    manifest: Manifest, stages: dict[str, str], on_node: Callable[[Node], None]
) -> Callable[[EventMsg], None]:
    """Gives `on_node` each node that finishes, with what is left of its stage."""
    models = (node for node in manifest.nodes.values() if node.resource_type == "model")
    left = Counter(stages[model.unique_id] for model in models)
    lock = threading.Lock()

    def listen(event: EventMsg) -> None:
        if event.info.name != "NodeFinished":
            return
        info, run = event.data.node_info, event.data.run_result
        stage = stages.get(info.unique_id, "")
        kind, seconds = info.resource_type, run.execution_time
        with lock:
            left[stage] -= kind == "model"
            on_node(Node(info.node_name, kind, run.status, seconds, stage, left[stage]))

    return listen


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
    node, status = run.node, str(run.status)
    message = _first_lines(run.message or "") if status in FAILED else ""
    if status == "fail" and getattr(node, "compiled_path", None):
        message += f" (the rows: run {node.compiled_path})"
    kind, stage = str(node.resource_type), stages.get(node.unique_id, "")
    return Node(node.name, kind, status, run.execution_time, stage, message=message)


def _first_lines(text: str, lines: int = 4) -> str:
    return "\n  ".join(line.strip() for line in text.strip().splitlines()[:lines] if line.strip())
