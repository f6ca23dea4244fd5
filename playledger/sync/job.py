"""The ten stages in a row, wherever they happen: in the ledger, or in a trial beside it.

    Ground.load() ──► .build() ──► (.scrape() ──► .load_results() ──► .build()) ──► .verify()
                            stages 1 to 8                                               9

What a single item lacks is collected and told at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from loaders.errors import Exit, UserError
from playledger.runs.stages import BY_NAME, title_of
from playledger.sync.stage_tracker import Tracker

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.database import Database
    from loaders.load import LoadResult
    from playledger.audit.account import Account
    from playledger.dbt.build import BuildResult, Node
    from playledger.runs.log import RunLog
    from playledger.sync.load_step import Loaded
    from playledger.sync.options import SyncOptions
    from playledger.sync.scrape_stage import Scraped

# The worst of what stages answer is what the job answers.
GRAVEST = (Exit.INTEGRITY, Exit.LOGIN, Exit.PARTLY, Exit.DONE)


class Workspace(Protocol):
    """Where the stages happen: its name for people, its database and the ledger's schema there.

    Each step raises UserError when it cannot begin.
    """

    name: str
    database: Database
    schema: str

    def load(self) -> Loaded:
        """Load the files."""

    def build(self, on_node: Callable[[Node], None]) -> BuildResult:
        """One build; `on_node` is told of every node."""

    def scrape(self, stage: str) -> Scraped:
        """Scrape for a stage (`sfa`, `streams`)."""

    def load_results(self) -> LoadResult:
        """Load what was scraped since the load."""

    def verify(self) -> tuple[Account, int]:
        """The account, and how many files are not found."""


@dataclass(slots=True)
class JobResult:
    """What the job came to: its exit code, the account and how many files are not found."""

    code: Exit
    account: Account | None = None
    lost: int = 0
    troubles: list[str] = field(default_factory=list)


class SyncJob:
    """The stages of one run on one ground; `deploy` is the last, and None where it is left out."""

    def __init__(
        self,
        ground: Workspace,
        console: Console,
        wanted: SyncOptions,
        run: RunLog,
        deploy: Callable[[], Exit] | None,
    ) -> None:
        self._ground, self._console, self._wanted, self._run = ground, console, wanted, run
        self._deploy = deploy
        self._tracker = Tracker(run, console)
        self._codes = [Exit.DONE]
        self._troubles: list[str] = []

    def go(self) -> JobResult:
        """All stages; what single ones lack is in the answer."""
        ground, tracker = self._ground, self._tracker
        self._announce("parse")
        self._load()
        self._console.print(f"Building and testing {ground.name} ...")
        tracker.build(ground.build)
        for stage in self._wanted.scrapes:
            if tracker.is_good:
                self._scrape(stage)
        tracker.settle(ground.database, ground.schema)
        account, lost = self._verify()
        self._produce()
        return JobResult(min(self._codes, key=GRAVEST.index), account, lost, self._troubles)

    def _announce(self, stage: str) -> None:
        self._console.print(f"{title_of(stage)} ...")

    def _load(self) -> None:
        from playledger.console.load import render_load

        started = time.monotonic()
        loaded = self._ground.load()
        render_load(loaded, self._console)
        seconds = round(time.monotonic() - started, 3)
        result, counts = loaded.result, {**loaded.result.totals(), "seconds": seconds}
        self._run.note("parse", counts=counts, files=result.names(), load_ids=result.load_ids)

    def _scrape(self, stage: str) -> None:
        """Scrape for a stage, load what came of it, and build again where anything did."""
        from playledger.sync.scrape_stage import Scraped

        run, title = self._run, title_of(stage)
        run.note(stage, outcome="running")
        self._console.print(f"{title}: scraping ...")
        try:
            scraped = self._ground.scrape(stage)
        except UserError as error:
            scraped = Scraped(error.exit_code, {}, str(error))
            self._troubles.append(f"{title}: {error}")
        loaded = self._ground.load_results()
        run.note(
            stage,
            counts=scraped.counts,
            message=scraped.message,
            files=loaded.names(),
            load_ids=loaded.load_ids,
        )
        if loaded.loaded:
            self._console.print(f"Building and testing {self._ground.name} with it ...")
            self._tracker.build(self._ground.build)
        self._codes.append(Exit.PARTLY if scraped.code is Exit.NOTHING else scraped.code)
        run.note(stage, outcome=scraped.outcome)

    def _verify(self) -> tuple[Account | None, int]:
        run, tracker = self._run, self._tracker
        if "verification" not in run.records:
            run.start("verification")
        self._announce("verification")
        started = time.monotonic()
        outcome, message, tests = tracker.judge(BY_NAME["verification"])
        account, lost = None, 0
        counts = {"tests": tests}
        if tracker.is_good:
            account, lost = self._ground.verify()
            counts |= {"checks": len(account.checks), "checks_failed": len(account.failed)}
            if account.failed:
                names = ", ".join(figure.name.strip() for figure in account.failed)
                outcome, message = "failed", f"Checks that do not hold: {names}"
        else:
            outcome = "failed" if outcome == "done" else outcome
            message = message or "The build failed: the ledger was not compared with its files."
        if outcome != "done":
            self._codes.append(Exit.INTEGRITY)
        run.end(
            "verification",
            outcome,
            seconds=time.monotonic() - started + tracker.seconds_of("verification"),
            counts=counts,
            message=message,
            dbt_invocation_id=tracker.result.invocation_id,
        )
        if not tracker.is_good:
            self._troubles += ["The build failed:", *tracker.result.failures]
        return account, lost

    def _produce(self) -> None:
        run = self._run
        if self._deploy is None or Exit.INTEGRITY in self._codes:
            why = self._wanted.no_production or "a check failed: nothing was brought there"
            run.end("production", "skipped", message=why)
            return
        run.start("production")
        self._announce("production")
        try:
            code, message = Exit(self._deploy()), None
        except UserError as error:
            code, message = error.exit_code, str(error)
            self._troubles.append(f"{title_of('production')}: {error}")
        outcome = {Exit.DONE: "done", Exit.PARTLY: "partly"}.get(code, "failed")
        run.end("production", outcome, message=message)
        self._codes.append(Exit.PARTLY if code is Exit.NOTHING else code)
