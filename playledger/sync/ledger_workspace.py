"""The main job on the ledger itself: its ten stages, each announced, timed and in the run log.

    files ──► load ──► dbt build ──► (scrape ──► load ──► build) ──► account ──► (production)
                                 stages 1 to 8                        9            10

A run that was killed at any stage is gone on with by the same command: a load passes over what is
there, and a build repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.database import Database, open_database
from playledger.dbt.build import build, get_ready
from playledger.runs.stages import title_of
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.load_step import Loaded, load_inputs, load_results, verify

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.errors import Exit
    from loaders.load import LoadResult
    from loaders.settings import Settings
    from loaders.source_file import SourceFile
    from playledger.audit.account import Account
    from playledger.dbt.build import BuildResult, Node
    from playledger.runs.log import RunLog
    from playledger.sync.options import SyncOptions
    from playledger.sync.scrape_stage import Scraped


class Live:
    """The ledger itself; see course.Ground."""

    name = "the ledger"

    def __init__(
        self,
        database: Database,
        settings: Settings,
        console: Console,
        wanted: SyncOptions,
        named: list[SourceFile],
    ) -> None:
        self.database, self.schema = database, settings.schema
        self._settings, self._console, self._wanted = settings, console, wanted
        self._named = named

    def load(self) -> Loaded:
        """Load what is named, or what stands in for it."""
        given = self._named, self.database, self._settings, self._console, self._wanted.allowed
        return load_inputs(*given, meanwhile=get_ready)

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """One build; `on_node` is told of every node."""
        return build(on_node=on_node)

    def scrape(self, stage: str) -> Scraped:
        """Scrape for a stage what the ledger lacks."""
        from playledger.sync.scrape_stage import scrape_stage

        return scrape_stage(stage, self._settings, self._console)

    def load_results(self) -> LoadResult:
        """Load what was scraped since the load."""
        return load_results(self.database, self._settings, self._console)

    def verify(self) -> tuple[Account, int]:
        """The account, and how many files are not found."""
        return verify(self._settings, self.database)


def sync(
    settings: Settings,
    console: Console,
    wanted: SyncOptions,
    run: RunLog,
    deploy: Callable[[], Exit],
) -> JobResult:
    """All stages, within a run log that the caller has opened and closes; `deploy` is the last.

    Raises UserError when an input, the database or dbt do not let it begin; what single stages lack
    is in the answer.
    """
    from loaders.source_file import find_inputs

    run.start("parse")
    named = find_inputs(wanted.csv, wanted.scraped, wanted.roster, is_view=wanted.is_view)
    database = open_database(settings)
    run.attach(database)
    if left := run.interrupted:
        where = f"interrupted at stage {title_of(left.stage)}"
        console.print(f"The last run ({left.run_id}) was {where}; going on.")
    live = Live(database, settings, console, wanted, named)
    return SyncJob(live, console, wanted, run, None if wanted.no_production else deploy).go()


def scrape_only(settings: Settings, console: Console, wanted: SyncOptions, run: RunLog) -> Exit:
    """Only the scrape of one stage; what it collects waits for the next load."""
    from playledger.sync.scrape_stage import scrape_stage

    run.start(wanted.only)
    run.attach(open_database(settings))
    scraped = scrape_stage(wanted.only, settings, console, wanted.limit)
    run.end(wanted.only, scraped.outcome, counts=scraped.counts, message=scraped.message)
    return scraped.code
