"""`playledger sync` on the ledger itself.

    files ──► load ──► dbt build ──► (scrape ──► load ──► build) ──► account ──► (production)
                                 stages 1 to 8                        9            10

The same command continues a run that was killed at any stage: a load skips the files that are
loaded, and a build of the same rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.database import Database, open_database
from playledger.audit.verification import verify
from playledger.dbt.build import build, preload_dbt
from playledger.runs.stages import title_of
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.load_step import load_inputs, load_results

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
    from playledger.sync.workspace import LoadOutcome, ScrapeOutcome


class LedgerWorkspace:
    """The ledger itself; see workspace.Workspace."""

    name = "the ledger"

    def __init__(
        self,
        database: Database,
        settings: Settings,
        console: Console,
        options: SyncOptions,
        named: list[SourceFile],
    ) -> None:
        self.database, self.schema = database, settings.schema
        self._settings, self._console = settings, console
        self._overrides, self._named = options.inputs.overrides, named

    def load(self) -> LoadOutcome:
        """Load what is named, or what stands in for it."""
        place = self._named, self.database, self._settings, self._console
        return load_inputs(*place, self._overrides, meanwhile=preload_dbt)

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """Build once; `on_node` gets every node that has finished."""
        return build(on_node=on_node)

    def scrape(self, stage: str) -> ScrapeOutcome:
        """Scrape for a stage what the ledger lacks."""
        from playledger.sync.scrape_stage import scrape_stage  # Playwright is slow to import

        return scrape_stage(stage, self._settings, self._console)

    def load_results(self) -> LoadResult:
        """Load what was scraped since the load."""
        return load_results(self.database, self._settings, self._console)

    def verify(self) -> tuple[Account, int]:
        """The account, and the number of loaded files that were not found."""
        return verify(self._settings, self.database)


def sync(
    settings: Settings,
    console: Console,
    options: SyncOptions,
    log: RunLog,
    deploy: Callable[[], Exit],
) -> JobResult:
    """Run all stages, `deploy` last; the caller has opened the run log, and closes it.

    Raises UserError when an input, the database or dbt does not let it start. What single stages
    could not do is in the result.
    """
    log.start("parse")
    named = options.inputs.find()
    database = open_database(settings)
    log.attach(database)
    if last := log.interrupted:
        stage = title_of(last.stage)
        console.print(f"The last run ({last.run_id}) was interrupted at stage {stage}; continuing.")
    workspace = LedgerWorkspace(database, settings, console, options, named)
    return SyncJob(
        workspace, console, options, log, None if options.skip_production else deploy
    ).run()


def scrape_only(settings: Settings, console: Console, options: SyncOptions, log: RunLog) -> Exit:
    """Only scrape, for the stage `options.only`; the next load takes the results up."""
    from playledger.sync.scrape_stage import scrape_stage

    log.start(options.only)
    log.attach(open_database(settings))
    scraped = scrape_stage(options.only, settings, console, options.limit)
    log.end(options.only, scraped.outcome, counts=scraped.counts, message=scraped.message)
    return scraped.code
