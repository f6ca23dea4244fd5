"""Run dbt in this process: one build of all models and tests, and what came of it.

    profiles.yml ──► dbt build ──► BuildResult

In-process, since a `dbt` command of its own spends three seconds on starting.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from loaders.config import PROJECT
from loaders.errors import UserError


@dataclass(slots=True)
class BuildResult:
    """Nodes by status (`success`, `pass`, `warn`, `error`, `fail`, `skipped`), and what failed."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether everything was built and every test holds."""
        return not self.failures


def build(
    *arguments: str, profiles: Path = PROJECT, project: Path = PROJECT, command: str = "build"
) -> BuildResult:
    """`dbt build` of a project folder with further arguments, by the `profiles.yml` in a folder.

    `command` is another one of dbt's, such as `run`.

    Raises UserError when dbt could not start or had nothing to build.
    """
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    from dbt.cli.main import dbtRunner

    folders = ["--project-dir", str(project), "--profiles-dir", str(profiles)]
    outcome = dbtRunner().invoke(["--quiet", command, *folders, *arguments])
    if outcome.result is None:
        raise UserError(
            f"dbt could not build: {_first_lines(str(outcome.exception))}\n"
            "Run `dbt debug` to see whether it finds the database."
        )
    result = BuildResult(Counter(str(run.status) for run in outcome.result.results))
    if not result.counts:
        raise UserError("dbt built nothing: no model was selected.")
    for run in outcome.result.results:
        if str(run.status) in {"error", "fail", "runtime error"}:
            result.failures.append(f"{run.node.name}: {_first_lines(run.message or '')}")
    return result


def _first_lines(text: str, lines: int = 4) -> str:
    return "\n  ".join(line.strip() for line in text.strip().splitlines()[:lines] if line.strip())
