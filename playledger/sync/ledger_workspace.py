"""`playledger sync` on the ledger itself.

    files ──► load ──► dbt build ──► (scrape ──► load ──► build) ──► account ──► (production)
                                 stages 1 to 8                        9            10

The same command continues a run that was killed at any stage: a load skips the files that are
loaded, and a build of the same rows changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from loaders.database import Database, open_database
from loaders.errors import Exit
from loaders.load import LoadResult
from loaders.scrape_results import find_results
from loaders.settings import Settings
from loaders.source_file import SourceFile
from playledger.audit.account import Account
from playledger.audit.verification import verify
from playledger.dbt.build import BuildResult, Node, build, preload_dbt
from playledger.runs.log import RunLog
from playledger.runs.stages import title_of
from playledger.sync.job import JobResult, SyncJob
from playledger.sync.load_step import load_inputs, load_selected
from playledger.sync.options import InputOptions, SyncOptions
from playledger.sync.workspace import StageOutcome


@dataclass(frozen=True, slots=True)
class _LedgerWorkspace:
    """The ledger itself; see workspace.Workspace."""

    database: Database
    schema: str
    settings: Settings
    console: Console
    inputs: InputOptions
    named: list[SourceFile]
    name: str = "the ledger"

    def load(self) -> LoadResult:
        place = self.named, self.database, self.settings, self.console
        return load_inputs(*place, self.inputs.overrides, meanwhile=preload_dbt)

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        return build(on_node=on_node)

    def scrape(self, stage: str) -> StageOutcome:
        from playledger.sync.collect import scrape_stage  # Playwright is slow to import

        return scrape_stage(stage, self.settings, self.console)

    def load_results(self) -> LoadResult:
        results = find_results(self.settings.home)
        return load_selected(results, self.database, self.settings, self.console)

    def verify(self) -> tuple[Account, int]:
        return verify(self.settings, self.database)


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
    place = database, settings.schema, settings, console
    workspace = _LedgerWorkspace(*place, options.inputs, named)
    last = None if options.skip_production else deploy
    return SyncJob(workspace, console, options, log, last).run()


def scrape_only(settings: Settings, console: Console, options: SyncOptions, log: RunLog) -> Exit:
    """Only scrape, for the stage `options.only`; the next load takes the results up."""
    from playledger.sync.collect import scrape_stage

    log.start(options.only)
    log.attach(open_database(settings))
    scraped = scrape_stage(options.only, settings, console, options.limit)
    log.end(options.only, scraped.outcome, counts=scraped.counts, message=scraped.message)
    return scraped.code
