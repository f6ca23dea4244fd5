"""`dbt build` on a database and schema that the caller names, whatever profiles.yml says.

Database, schema ──► a profile for this run ──► dbt build ──► BuildResult
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from loaders.database import Database
from playledger.dbt.build import BuildResult, Node, build
from playledger.dbt.profiles import write_run_profile


def build_on(
    database: Database,
    schema: str,
    target: str,
    home: Path,
    *selection: str,
    project: Path | None = None,
    on_node: Callable[[Node], None] | None = None,
) -> BuildResult:
    """Build into a schema; models ask for the target's name. The rest is as in `build`.

    What dbt keeps goes into the folder `home`, made if it is missing.
    """
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        write_run_profile(Path(folder), database, schema, target)
        # dbt caches what it parsed for each target, or it would parse everything again.
        cache = ("--target-path", str(home / target), "--log-path", str(home / target))
        return build(
            *selection,
            options=cache,
            profiles=Path(folder),
            project=project,
            on_node=on_node,
        )
