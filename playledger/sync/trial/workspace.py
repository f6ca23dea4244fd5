"""`playledger sync --limit N`: all stages on a few campaigns, without touching the ledger.

    files ──► Subset ──► workspace (an empty candidate) ──► SyncJob ──► JobResult, then dropped

A scrape collects for these campaigns alone. Its results stay with those of all scrapes, and the
next load of the ledger takes them up.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from psycopg2.extensions import connection
from rich.console import Console

from loaders.database import Database, open_database
from loaders.date_orders import record_date_orders
from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult
from loaders.name_pairs.refresh import refresh_pairs
from loaders.progress import Progress
from loaders.scrape_results import find_results
from loaders.settings import Settings
from loaders.source_file import SourceFile
from loaders.staging import analyze
from loaders.worker import Task, run_tasks
from playledger.audit.account import Account, make_account
from playledger.audit.file_counts import count_files
from playledger.console.load import render_load
from playledger.dbt.build import BuildResult, Node, preload_dbt
from playledger.dbt.profiles import ProfileState
from playledger.publish.candidate import NEW, STAGED, Candidate
from playledger.runs.log import RunLog
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.options import SyncOptions
from playledger.sync.trial.subset import Subset, whole_files
from playledger.sync.workspace import StageOutcome

SKIP_PRODUCTION = "a trial deploys nothing"


class _EmptyCandidate(Candidate):
    """A candidate that starts empty, and holds `files` only, whatever the ledger holds.

    Files can be added after a build. In all else it is the candidate of a plan: schemas of its own,
    built with the same models and tests, and dropped at the end.
    """

    def __init__(self, conn: connection, database: Database, settings: Settings) -> None:
        super().__init__(conn, database, settings)
        self.files: list[SourceFile] = []

    def add(self, files: list[SourceFile], progress: Progress) -> LoadResult:
        """Load the files that it does not hold; raises UserError as a load does."""
        new, known, is_first = [], [], not self.files
        held = {file.sha256 for file in self.files}
        for file in files:
            (known if file.sha256 in held else new).append(file)
            held.add(file.sha256)
        tasks = [
            Task(dataset, wanted, NEW + dataset)
            for dataset in STAGING
            if (wanted := [file for file in new if file.dataset == dataset]) or is_first
        ]
        done = run_tasks(tasks, self.database, self.settings.home, progress, preload_dbt)
        for task in tasks:
            analyze(self.conn, task.dataset, task.schema)
            if is_first:
                self.create_staging_views(task.dataset, task.schema)
        record_date_orders(self.conn, new, {}, f"{NEW}staging_airtable")
        uncompared = refresh_pairs(self.conn, held, done.names, STAGED) or ()
        self.files += new
        return LoadResult(new, known, done.read, done.load_ids, uncompared)


class _TrialWorkspace:
    """A subset of the files in a candidate; see workspace.Workspace."""

    name = "the trial"

    def __init__(
        self, candidate: _EmptyCandidate, settings: Settings, console: Console, subset: Subset
    ) -> None:
        self.database, self.schema = candidate.database, candidate.schema
        self._candidate, self._subset, self._console = candidate, subset, console
        self._settings = replace(settings, schema=candidate.schema)

    def load(self) -> LoadResult:
        result = self._add(self._subset.files)
        place = f"a candidate beside `{self._candidate.live}`"
        render_load(result, place, ProfileState.CURRENT, self._console)
        return result

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        return self._candidate.run_dbt("candidate", self.schema, on_node=on_node)

    def scrape(self, stage: str) -> StageOutcome:
        from playledger.sync.collect import scrape_stage  # Playwright is slow to import

        return scrape_stage(stage, self._settings, self._console, of=self._subset.sha256)

    def load_results(self) -> LoadResult:
        return self._add(self._subset.select(find_results(self._settings.home)))

    def verify(self) -> tuple[Account, int]:
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
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute("select clock_timestamp()")
        (log.began,) = cur.fetchone()
    options = replace(options, skip_production=SKIP_PRODUCTION)
    with tempfile.TemporaryDirectory(prefix="playledger-") as folder:
        whole = whole_files(named, database, settings, console)
        subset = Subset(whole, options.limit, Path(folder))
        console.print(f"A trial of {subset.description}.", markup=False)
        with _EmptyCandidate.open(database, settings) as candidate:
            workspace = _TrialWorkspace(candidate, settings, console, subset)
            job = SyncJob(workspace, console, options, log, deploy=None)
            return job.run(), subset.description
