"""A candidate that starts empty, and holds some files only, whatever the ledger holds.

    files ──► EmptyCandidate.add() ──► own staging ──► EmptyCandidate.build_all() ──► BuildResult

Files can be added after a build; those that it has are skipped. In all else it is the candidate of
a plan: schemas of its own, built with the same models and tests, and dropped at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult, analyze
from loaders.name_pairs.refresh import refresh_pairs
from loaders.worker import Task, run_all
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
        result, is_first = LoadResult(), not self.files
        known = {file.sha256 for file in self.files}
        for file in files:
            (result.known if file.sha256 in known else result.loaded).append(file)
            known.add(file.sha256)
        tasks = [
            Task(dataset, new, NEW + dataset)
            for dataset in STAGING
            if (new := [file for file in result.loaded if file.dataset == dataset]) or is_first
        ]
        home = self.settings.home
        result.load_ids = run_all(tasks, self.database, home, progress, preload_dbt)
        for task in tasks:
            analyze(self.conn, task.dataset, task.schema)
            if is_first:
                self.create_staging_views(task.dataset)
        result.uncompared = refresh_pairs(self.conn, known, STAGED) or ()
        self.files += result.loaded
        return result

    def build_all(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build and test what it holds; see playledger.dbt.build."""
        return self.run_dbt("candidate", self.schema, on_node=on_node)

    def staging_schemas(self, dataset: str) -> tuple[str, ...]:
        """Its own rows alone."""
        return (NEW + dataset,)
