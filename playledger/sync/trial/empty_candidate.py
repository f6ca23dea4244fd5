"""A candidate that starts empty, and holds some files only, whatever the ledger holds.

    files ──► EmptyCandidate.add() ──► own staging ──► EmptyCandidate.build_all() ──► BuildResult

Files can be added after a build; those that it has are skipped. In all else it is the candidate of
a plan: schemas of its own, built with the same models and tests, and dropped at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult
from loaders.name_pairs.refresh import refresh_pairs
from loaders.staging import analyze
from loaders.worker import Task, run_tasks
from playledger.dbt.build import BuildResult, Node, preload_dbt
from playledger.publish.candidate import NEW, STAGED, Candidate

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.database import Database
    from loaders.progress import Progress
    from loaders.settings import Settings
    from loaders.source_file import SourceFile


class EmptyCandidate(Candidate):
    """`with EmptyCandidate.open(database, settings) as candidate: ...`; it holds `files`."""

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
        home = self.settings.home
        done = run_tasks(tasks, self.database, home, progress, preload_dbt)
        for task in tasks:
            analyze(self.conn, task.dataset, task.schema)
            if is_first:
                self.create_staging_views(task.dataset, task.schema)
        uncompared = refresh_pairs(self.conn, held, STAGED) or ()
        self.files += new
        return LoadResult(new, known, done.read, done.load_ids, uncompared)

    def build_all(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build and test what it holds; see playledger.dbt.build."""
        return self.run_dbt("candidate", self.schema, on_node=on_node)
