"""A candidate that begins empty: of some files alone, whatever the ledger holds.

    files ──► EmptyCandidate.take() ──► staging of its own ──► EmptyCandidate.make() ──► BuildResult

Files may be taken again after a build; those that it has are passed over. Otherwise it is what
plans are made of: schemas of its own, built by the same models and tests, and dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult
from loaders.name_pairs.refresh import refresh_pairs
from loaders.staging import analyze
from loaders.worker import Task, run_tasks
from playledger.dbt.build import BuildResult, Node, get_ready
from playledger.publish.candidate import NEW, STAGED, Candidate

if TYPE_CHECKING:
    from loaders.database import Database
    from loaders.progress import Progress
    from loaders.settings import Settings
    from loaders.source_file import SourceFile


class EmptyCandidate(Candidate):
    """`with EmptyCandidate(database, settings) as candidate: ...`; `files` are those it holds."""

    def __init__(self, database: Database, settings: Settings) -> None:
        super().__init__(database, settings)
        self.files: list[SourceFile] = []

    def take(self, files: list[SourceFile], progress: Progress) -> LoadResult:
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
        home = self._settings.home
        done = run_tasks(tasks, self.database, home, progress, get_ready)
        for task in tasks:
            analyze(self._held, task.dataset, task.schema)
            if is_first:
                self._show_staging(task.dataset)
        uncompared = refresh_pairs(self._held, held, STAGED) or ()
        self.files += new
        return LoadResult(new, known, done.read, done.load_ids, uncompared)

    def make(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build and test what it holds; see playledger.dbt.build."""
        return self._dbt("candidate", self.schema, on_node=on_node)

    def _staging(self, dataset: str) -> tuple[str, ...]:
        return (NEW + dataset,)
