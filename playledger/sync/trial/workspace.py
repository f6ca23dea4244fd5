"""The main job on a few campaigns: its stages in a candidate, and nothing of the ledger touched.

    files ──► Slice ──► Tried (a candidate that begins empty) ──► SyncJob ──► JobResult, then dropped

A scrape asks for these campaigns alone. Its results stay where results are, and the next load of
the ledger takes them up.
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
from loaders.source_file import find_inputs
from playledger.dbt.profiles import ProfileState
from playledger.publish.candidate import STAGED
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.load_step import Loaded
from playledger.sync.scrape_stage import Scraped, scrape_stage
from playledger.sync.trial.empty_candidate import EmptyCandidate
from playledger.sync.trial.subset import Slice, whole_files

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database
    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.audit.account import Account
    from playledger.dbt.build import BuildResult, Node
    from playledger.runs.log import RunLog
    from playledger.sync.options import SyncOptions

NO_PRODUCTION = "a trial brings nothing there"


class Tried:
    """A slice of the files in a candidate; see course.Ground."""

    name = "the trial"

    def __init__(
        self, candidate: EmptyCandidate, settings: Settings, console: Console, cut: Slice
    ) -> None:
        self.database, self.schema = candidate.database, candidate.schema
        self._candidate, self._cut, self._console = candidate, cut, console
        self._settings = replace(settings, schema=candidate.schema)

    def load(self) -> Loaded:
        """Load the slice."""
        place = f"a candidate beside `{self._candidate.live}`"
        taken = self._take(self._cut.files)
        return Loaded(self.database, self._cut.files, taken, ProfileState.CURRENT, place)

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """One build; `on_node` is told of every node."""
        return self._candidate.make(on_node)

    def scrape(self, stage: str) -> Scraped:
        """Scrape for a stage what these campaigns lack."""
        return scrape_stage(stage, self._settings, self._console, of=self._cut.sha256)

    def load_results(self) -> LoadResult:
        """Load what was scraped for them since."""
        return self._take(self._cut.take(find_results(self._settings.home)))

    def verify(self) -> tuple[Account, int]:
        """The account of the candidate beside the files of the slice."""
        from playledger.audit.account import make_account
        from playledger.audit.file_counts import count_files

        counts = count_files(self._candidate.files)
        exports = sum(file.kind == "export" for file in self._candidate.files)
        with self.database.connect() as conn:
            return make_account(conn, self.schema, counts, exports, STAGED), 0

    def _take(self, files: list[SourceFile]) -> LoadResult:
        records = sum(file.expected_records for file in files)
        with Progress(self._console, len(files), records) as progress:
            return self._candidate.take(files, progress)


def try_out(
    settings: Settings, console: Console, wanted: SyncOptions, run: RunLog
) -> tuple[JobResult, str]:
    """All stages on the first `wanted.limit` campaigns; what they came to, and which these were.

    The run log stays a file: the database is as it was afterwards. Raises UserError when an input,
    the database or dbt do not let it begin.
    """
    run.start("parse")
    named = find_inputs(wanted.csv, wanted.scraped, wanted.roster, is_view=wanted.is_view)
    database = open_database(settings)
    run.began = _now(database)
    wanted = replace(wanted, no_production=NO_PRODUCTION)
    with tempfile.TemporaryDirectory(prefix="playledger-") as folder:
        whole = whole_files(named, database, settings, console)
        cut = Slice(whole, wanted.limit, Path(folder))
        console.print(f"A trial of {cut.words}.", markup=False)
        with EmptyCandidate(database, settings) as candidate:
            ground = Tried(candidate, settings, console, cut)
            return SyncJob(ground, console, wanted, run, None).go(), cut.words


def _now(database: Database) -> object:
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute("select clock_timestamp()")
        return cur.fetchone()[0]
