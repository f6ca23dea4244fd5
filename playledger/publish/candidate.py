"""The candidate: the ledger as it would be, built and tested beside the live tables, then dropped.

    live tables, new files ──► Candidate.load() ──► Candidate.build() ──► what the plan compares

It has schemas of its own: `<ledger>_candidate` and those beside it hold copies of the live tables,
`candidate_new_*` the rows of new files, `candidate_staging_*` views on those and the live ones.
Live schemas are only read. A candidate that a killed run left is dropped by the next one.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from psycopg2 import sql

from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult, select_new
from loaders.locks import require_load_lock
from loaders.name_pairs.refresh import TABLE as PAIRS
from loaders.name_pairs.refresh import refresh_pairs
from loaders.pipeline import run
from loaders.staging import analyze, incomplete_datasets
from loaders.worker import Task, run_tasks
from playledger.dbt.build import BuildResult, build
from playledger.dbt.candidate_profile import write_profile
from playledger.publish.catalog import columns_of
from playledger.publish.copies import copy_comment, copy_schema, show_together
from playledger.publish.name_pairs import compare_pairs

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from loaders.database import Database
    from loaders.export_order import LoadOverrides
    from loaders.progress import Progress
    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.dbt.build import Node

STAGED, NEW = "candidate_", "candidate_new_"  # before the names of the staging schemas
SEEN = "_seen"  # behind the names of schemas that hold live rows as they were copied
LOADS = "_dlt_loads"
LEAN = ("--no-write-json", "--log-level-file", "none")  # nobody reads what dbt says of a candidate
SCHEMAS = """
    select nspname from pg_namespace
    where nspname in (%(schema)s, %(schema)s || '_app') or nspname like %(beside)s
    or nspname ~ '^candidate_(new_)?staging_'
"""


class Candidate:
    """`with Candidate(database, settings) as candidate: ...`; no two at a time on one database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self._settings = database, settings
        self.live = settings.schema
        self.schema = f"{settings.schema}_candidate"
        self.loaded: LoadResult = LoadResult()
        self.known: list[str] = []  # SHA-256 of the files that live staging holds
        self.prepare: Callable[[Candidate], None] | None = None  # done between copying and building

    def __enter__(self) -> Self:
        self._holding = self.database.connect()
        self._held = self._holding.__enter__()
        try:
            require_load_lock(self._held)
            self._held.commit()
            self.drop()
        except BaseException as error:
            self._holding.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not self._held.closed:
                self._held.rollback()
                self.drop()
        finally:
            self._holding.__exit__(kind, error, trace)

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """The schemas that are published: live, the candidate's, and live as it was copied."""
        return [
            (f"{self.live}{part}", f"{self.schema}{part}", f"{self.schema}{part}{SEEN}")
            for part in ("", "_quality")
        ]

    def drop(self) -> None:
        """Drop every schema of a candidate, this one's or one that was left."""
        with self._held.cursor() as cur:
            beside = self.schema.replace("_", r"\_") + r"\_%"
            cur.execute(SCHEMAS, {"schema": self.schema, "beside": beside})
            for (schema,) in cur.fetchall():
                cur.execute(
                    sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema))
                )
        self._held.commit()

    def load(
        self,
        files: list[SourceFile],
        allowed: LoadOverrides,
        progress: Progress,
        meanwhile: Callable[[], None] | None = None,
    ) -> LoadResult:
        """Load what live staging does not hold; raises UserError as a load does."""
        selection = select_new(self._held, files, allowed)
        self.known = sorted(selection.held - {file.sha256 for file in selection.new})
        self._held.commit()
        new = {
            dataset: [file for file in selection.new if file.dataset == dataset]
            for dataset in STAGING
        }
        wanting = [name for name in new if new[name] or not columns_of(self._held, name, LOADS)]
        self._held.commit()
        tasks = [Task(dataset, new[dataset], NEW + dataset) for dataset in wanting]
        home = self._settings.home
        done = run_tasks(tasks, self.database, home, progress, meanwhile)
        for dataset in wanting:
            analyze(self._held, dataset, NEW + dataset)
        for dataset in STAGING:
            self._show_staging(dataset)
        copy_schema(self._held, "staging_names", f"{STAGED}staging_names", f"{NEW}staging_names")
        copy_comment(self._held, "staging_names.pairs", f"{STAGED}staging_names.pairs")
        uncompared = refresh_pairs(self._held, selection.held, STAGED) or ()
        compare_pairs(self._held)
        self.loaded = LoadResult(
            selection.new, selection.known, done.read, done.load_ids, uncompared
        )
        return self.loaded

    def build(self, *arguments: str) -> BuildResult:
        """Copy the live tables, then build and test on the copies."""
        for live, own, seen in self.places:
            copy_schema(self._held, live, own, seen)
        if self.prepare:
            self.prepare(self)
        return self._dbt("candidate", self.schema, *arguments)

    def make_tables(self, *models: str) -> BuildResult:
        """Give the candidate itself some tables before it is built, those it lacks without rows."""
        only = ("--resource-type", "seed", "--resource-type", "model", "--select", *models)
        return self._dbt("candidate_structure", self.schema, *only)

    def make_structure(self, progress: Progress) -> BuildResult:
        """Give the live schemas the tables, columns and views that they lack, without any row."""
        for dataset in sorted(incomplete_datasets(self._held)):
            self._held.commit()
            run(dataset, [], self.database, self._settings.home, progress)
        with self._held.cursor() as cur:
            cur.execute(PAIRS)
        self._held.commit()
        only = ("--resource-type", "seed", "--resource-type", "model")
        return self._dbt("structure", self.live, *only)

    def _dbt(
        self,
        target: str,
        schema: str,
        *arguments: str,
        on_node: Callable[[Node], None] | None = None,
    ) -> BuildResult:
        home = self._settings.home / "publish"
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as folder:
            write_profile(Path(folder), self.database, schema, target)
            # What dbt knows of the project is kept for each target, or it would be read anew.
            kept = ["--target-path", str(home / target), "--log-path", str(home / target)]
            return build(*LEAN, *kept, *arguments, profiles=Path(folder), on_node=on_node)

    def _show_staging(self, dataset: str) -> None:
        """Views on the live rows and the new ones, under the names of staging."""
        tables = (*STAGING[dataset], LOADS)
        show_together(self._held, tables, self._staging(dataset), STAGED + dataset)

    def _staging(self, dataset: str) -> tuple[str, ...]:
        """The schemas whose rows are staging's."""
        return dataset, NEW + dataset
