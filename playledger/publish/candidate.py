"""The candidate: the ledger as it would be, built and tested beside the live tables, then dropped.

    live tables, new files ──► Candidate.load() ──► Candidate.build() ──► what a plan compares

It has schemas of its own: `<ledger>_candidate` and those beside it hold copies of the live tables,
`candidate_new_*` the rows of new files, `candidate_staging_*` views on those and the live ones.
Live schemas are only read. A candidate that a killed run left behind is dropped by the next one.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from psycopg2.extensions import connection

from loaders.database import Database
from loaders.date_orders import record_date_orders
from loaders.errors import Exit, UserError
from loaders.export_order import LoadOverrides
from loaders.files.staging_schema import STAGING
from loaders.load import LoadResult, select_new
from loaders.locks import require_load_lock
from loaders.name_pairs.refresh import TABLE as PAIRS
from loaders.name_pairs.refresh import refresh_pairs
from loaders.pipeline import run
from loaders.progress import Progress
from loaders.settings import Settings
from loaders.source_file import ExportFile, SourceFile
from loaders.staging import analyze, incomplete_datasets, typed_orders
from loaders.worker import Task, run_tasks
from playledger.dbt.build import BuildResult, Node
from playledger.dbt.build_on import build_on
from playledger.publish.name_pairs import compare_pairs
from playledger.publish.read_once import copy_read_once
from playledger.publish.schema_copies import copy_schema, create_union_views, drop_schemas

logger = logging.getLogger(__name__)

STAGED, NEW = "candidate_", "candidate_new_"  # before the names of the staging schemas
SEEN = "_seen"  # after the names of schemas that hold live rows as they were copied
LOADS = "_dlt_loads"
NO_TESTS = ("--resource-type", "seed", "--resource-type", "model")
SCHEMAS = """
    select nspname from pg_namespace
    where nspname = %(schema)s or starts_with(nspname::text, %(schema)s || '_')
    or nspname ~ '^candidate_(new_)?staging_'
"""


class Candidate:
    """`with Candidate.open(database, settings) as candidate: ...`, one at a time on a database."""

    def __init__(self, conn: connection, database: Database, settings: Settings) -> None:
        self.conn = conn  # holds the load lock
        self.database, self.settings = database, settings
        self.live = settings.schema
        self.schema = f"{settings.schema}_candidate"
        self.loaded: LoadResult = LoadResult()
        self.is_built = False
        self.known: list[str] = []  # SHA-256 of the files that live staging holds

    @classmethod
    @contextmanager
    def open(cls, database: Database, settings: Settings) -> Iterator[Self]:
        """A candidate without any rows, dropped at the end.

        Raises UserError when the database does not answer or another load is running.
        """
        with database.connect() as conn:
            require_load_lock(conn)
            conn.commit()
            candidate = cls(conn, database, settings)
            candidate.drop()
            try:
                yield candidate
            finally:
                if not conn.closed:
                    conn.rollback()
                    candidate.drop()

    @property
    def schemas(self) -> list[tuple[str, str, str]]:
        """The schemas that are published: live, the candidate's, and the copy of live."""
        return [
            (f"{self.live}{part}", f"{self.schema}{part}", f"{self.schema}{part}{SEEN}")
            for part in ("", "_quality")
        ]

    def drop(self) -> None:
        """Drop every schema of a candidate, this one's or one that was left behind. Commits."""
        drop_schemas(self.conn, SCHEMAS, self.schema)

    def load(
        self,
        files: list[SourceFile],
        allowed: LoadOverrides,
        progress: Progress,
        meanwhile: Callable[[], None] | None = None,
    ) -> LoadResult:
        """Load the files that live staging does not hold. Raises UserError as a load does.

        `meanwhile` is called while another process loads.
        """
        selection = select_new(self.conn, files, allowed)
        self.known = sorted(selection.held - {file.sha256 for file in selection.new})
        orders = typed_orders(self.conn)
        named = {f.sha256 for f in files if isinstance(f, ExportFile) and f.date_order}
        # Tables of its own also where an earlier version made the live ones, and to write an order.
        needed = incomplete_datasets(self.conn) | ({"staging_airtable"} if named else set())
        self.conn.commit()
        tasks = [
            Task(dataset, new, NEW + dataset)
            for dataset in STAGING
            if (new := [file for file in selection.new if file.dataset == dataset])
            or dataset in needed
        ]
        done = run_tasks(tasks, self.database, self.settings.home, progress, meanwhile)
        for task in tasks:
            analyze(self.conn, task.dataset, task.schema)
        told = record_date_orders(self.conn, files, orders, f"{NEW}staging_airtable")
        for dataset in STAGING:
            self.create_staging_views(dataset, dataset, NEW + dataset)
        copy_schema(self.conn, "staging_names", f"{STAGED}staging_names", f"{NEW}staging_names")
        uncompared = refresh_pairs(self.conn, selection.held, done.names, STAGED) or ()
        compare_pairs(self.conn)
        self.loaded = LoadResult(
            selection.new, selection.known, done.read, done.load_ids, uncompared, told
        )
        logger.info("candidate: %d new files, %d known", len(self.loaded.loaded), len(self.known))
        return self.loaded

    def build(self, prepare: Callable[[Self], None] | None = None) -> BuildResult:
        """Copy the live tables, call `prepare`, then build and test on the copies."""
        for live, own, seen in self.schemas:
            copy_schema(self.conn, live, own, seen)
        copy_read_once(self.conn, self.live, self.schema)
        if prepare:
            prepare(self)
        result = self.run_dbt("candidate", self.schema)
        self.is_built = True
        return result

    def create_tables(self, *models: str) -> BuildResult:
        """Create some of the candidate's tables before it is built, missing ones without rows."""
        return self.run_dbt("candidate_structure", self.schema, *NO_TESTS, "--select", *models)

    def create_live_structure(self, progress: Progress) -> BuildResult:
        """Create the tables, columns and views that the live schemas lack, without any row."""
        for dataset in sorted(incomplete_datasets(self.conn)):
            self.conn.commit()
            run(dataset, [], self.database, self.settings.home, progress)
        with self.conn.cursor() as cur:
            cur.execute(PAIRS)
        self.conn.commit()
        return self.run_dbt("structure", self.live, *NO_TESTS)

    def run_dbt(
        self,
        target: str,
        schema: str,
        *arguments: str,
        on_node: Callable[[Node], None] | None = None,
    ) -> BuildResult:
        """`dbt build` into a schema; the models ask for the target's name."""
        home = self.settings.home / "publish"
        return build_on(self.database, schema, target, home, *arguments, on_node=on_node)

    def create_staging_views(self, dataset: str, *schemas: str) -> None:
        """Views on the rows that these schemas have of a dataset, named as in staging. Commits."""
        create_union_views(self.conn, (*STAGING[dataset], LOADS), schemas, STAGED + dataset)


def require_good(
    result: BuildResult, failed: str, advice: str, exit_code: Exit = Exit.INTEGRITY
) -> None:
    """Raises UserError with the failures of a build, a line each, if it has any."""
    if not result.is_good:
        raise UserError("\n  ".join([f"{failed}:", *result.failures]) + f"\n{advice}", exit_code)
