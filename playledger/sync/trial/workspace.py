"""`playledger sync --limit N`: all stages on a few campaigns, without touching the ledger.

    files ──► Subset ──► TrialWorkspace (an empty candidate) ──► SyncJob ──► JobResult, then dropped

A scrape collects for these campaigns alone. Its results stay with those of all scrapes, and the
next load of the ledger takes them up.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.database import open_database
from loaders.load import LoadResult
from loaders.progress import Progress
from loaders.scrape_results import find_results
from playledger.audit.account import make_account
from playledger.audit.file_counts import count_files
from playledger.dbt.profiles import ProfileState
from playledger.publish.candidate import STAGED
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.trial.empty_candidate import EmptyCandidate
from playledger.sync.trial.subset import Subset, whole_files
from playledger.sync.workspace import LoadOutcome

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.audit.account import Account
    from playledger.dbt.build import BuildResult, Node
    from playledger.runs.log import RunLog
    from playledger.sync.options import SyncOptions
    from playledger.sync.workspace import ScrapeOutcome

SKIP_PRODUCTION = "a trial deploys nothing"


class TrialWorkspace:
    """A subset of the files in a candidate; see workspace.Workspace."""

    name = "the trial"

    def __init__(
        self, candidate: EmptyCandidate, settings: Settings, console: Console, subset: Subset
    ) -> None:
        self.database, self.schema = candidate.database, candidate.schema
        self._candidate, self._subset, self._console = candidate, subset, console
        self._settings = replace(settings, schema=candidate.schema)

    def load(self) -> LoadOutcome:
        """Load the subset."""
        result = self._add(self._subset.files)
        place = f"a candidate beside `{self._candidate.live}`"
        return LoadOutcome(result, place, ProfileState.CURRENT)

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build once; `on_node` gets every node that has finished."""
        return self._candidate.build_all(on_node)

    def scrape(self, stage: str) -> ScrapeOutcome:
        """Scrape for a stage what these campaigns lack."""
        from playledger.sync.scrape_stage import scrape_stage  # Playwright is slow to import

        return scrape_stage(stage, self._settings, self._console, of=self._subset.sha256)

    def load_results(self) -> LoadResult:
        """Load what was scraped for these campaigns since."""
        return self._add(self._subset.select(find_results(self._settings.home)))

    def verify(self) -> tuple[Account, int]:
        """The account of the candidate beside the files of the subset."""
        files = self._candidate.files
        exports = sum(file.kind == "export" for file in files)
        with self.database.connect() as conn:
            return make_account(conn, self.schema, count_files(files), exports, STAGED), 0

    def _add(self, files: list[SourceFile]) -> LoadResult:
        records = sum(file.expected_records for file in files)
        with Progress(self._console, len(files), records) as progress:
            return self._candidate.add(files, progress)


def run_trial(
    settings: Settings, console: Console, options: SyncOptions, log: RunLog
) -> tuple[JobResult, str]:
    """Run all stages on the first `options.limit` campaigns; the result, and which these were.

    The run log stays a file: the database is left as it was. Raises UserError when an input, the
    database or dbt does not let it start.
    """
    log.start("parse")
    named = options.inputs.find()
    database = open_database(settings)
    log.began = _now(database)
    options = replace(options, skip_production=SKIP_PRODUCTION)
    with tempfile.TemporaryDirectory(prefix="playledger-") as folder:
        whole = whole_files(named, database, settings, console)
        subset = Subset(whole, options.limit, Path(folder))
        console.print(f"A trial of {subset.description}.", markup=False)
        with EmptyCandidate.open(database, settings) as candidate:
            workspace = TrialWorkspace(candidate, settings, console, subset)
            job = SyncJob(workspace, console, options, log, deploy=None)
            return job.run(), subset.description


def _now(database: Database) -> datetime:
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute("select clock_timestamp()")
        return cur.fetchone()[0]
