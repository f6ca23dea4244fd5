"""The main job: ten stages in a row, each announced, timed and written into the run log.

    files ──► load ──► dbt build ──► (scrape ──► load ──► build) ──► account ──► (production)
                                 stages 1 to 8                        9            10

What a single item lacks is collected and told at the end. A run that was killed at any stage is
gone on with by the same command: a load passes over what is there, and a build repeats nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.database import Database, open_database
from loaders.errors import Exit, UserError
from loaders.publishing import deploy_production
from loaders.stages import BY_NAME, title_of
from loaders.sync import load_inputs, load_results, verify
from loaders.tracking import Tracker

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.config import Settings
    from loaders.inputs import SourceFile
    from loaders.report.account import Account
    from loaders.runs import RunLog
    from loaders.wanted import Wanted

# The worst of what stages answer is what the job answers.
GRAVEST = (Exit.INTEGRITY, Exit.LOGIN, Exit.PARTLY, Exit.DONE)


@dataclass(slots=True)
class Ended:
    """What the job came to: its exit code, the account and how many files are not found."""

    code: Exit
    account: Account | None = None
    lost: int = 0
    troubles: list[str] = field(default_factory=list)


def sync(settings: Settings, console: Console, wanted: Wanted, run: RunLog) -> Ended:
    """All stages, within a run log that the caller has opened and closes.

    Raises UserError when an input, the database or dbt do not let it begin; what single stages lack
    is in the answer.
    """
    return _Job(settings, console, wanted, run).go()


class _Job:
    def __init__(self, settings: Settings, console: Console, wanted: Wanted, run: RunLog) -> None:
        self._settings, self._console, self._wanted, self._run = settings, console, wanted, run
        self._tracker = Tracker(run, console)
        self._codes = [Exit.DONE]
        self._troubles: list[str] = []

    def go(self) -> Ended:
        from loaders.inputs import find_inputs

        wanted, run = self._wanted, self._run
        run.start("parse")
        deploy = None if wanted.no_production else deploy_production
        named = find_inputs(wanted.csv, wanted.scraped, wanted.roster, is_view=wanted.is_view)
        database = open_database(self._settings)
        run.attach(database)
        if left := run.interrupted:
            where = f"interrupted at stage {title_of(left.stage)}"
            self._console.print(f"The last run ({left.run_id}) was {where}; going on.")
        self._announce("parse")
        self._load(named, database)
        self._console.print("Building and testing the ledger ...")
        self._tracker.build()
        for stage in wanted.scrapes:
            if self._tracker.is_good:
                self._scrape(stage, database)
        self._tracker.settle(database, self._settings.schema)
        account, lost = self._verify(database)
        self._produce(deploy)
        return Ended(min(self._codes, key=GRAVEST.index), account, lost, self._troubles)

    def _announce(self, stage: str) -> None:
        self._console.print(f"{title_of(stage)} ...")

    def _load(self, named: list[SourceFile], database: Database) -> None:
        from loaders.report.loading import render_load

        started = time.monotonic()
        wanted = self._wanted
        loaded = load_inputs(named, database, self._settings, self._console, wanted.allowed)
        render_load(loaded, self._console)
        seconds = round(time.monotonic() - started, 3)
        result, counts = loaded.result, {**loaded.result.totals(), "seconds": seconds}
        self._run.note("parse", counts=counts, files=result.names(), load_ids=result.load_ids)

    def _scrape(self, stage: str, database: Database) -> None:
        """Scrape for a stage, load what came of it, and build again where anything did."""
        from loaders.scraped import Scraped, scrape_stage

        run, title = self._run, title_of(stage)
        run.note(stage, outcome="running")
        self._console.print(f"{title}: scraping ...")
        try:
            scraped = scrape_stage(stage, self._settings, self._console, self._wanted.limit)
        except UserError as error:
            scraped = Scraped(error.exit_code, {}, str(error))
            self._troubles.append(f"{title}: {error}")
        loaded = load_results(database, self._settings, self._console)
        run.note(
            stage,
            counts=scraped.counts,
            message=scraped.message,
            files=loaded.names(),
            load_ids=loaded.load_ids,
        )
        if loaded.loaded:
            self._console.print("Building and testing the ledger with it ...")
            self._tracker.build()
        self._codes.append(Exit.PARTLY if scraped.code is Exit.NOTHING else scraped.code)
        run.note(stage, outcome=scraped.outcome)

    def _verify(self, database: Database) -> tuple[Account | None, int]:
        run, tracker = self._run, self._tracker
        if "verification" not in run.records:
            run.start("verification")
        self._announce("verification")
        started = time.monotonic()
        outcome, message, tests = tracker.judge(BY_NAME["verification"])
        account, lost = None, 0
        counts = {"tests": tests}
        if tracker.is_good:
            account, lost = verify(self._settings, database)
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

    def _produce(self, deploy: Callable[..., Exit] | None) -> None:
        run = self._run
        if deploy is None or Exit.INTEGRITY in self._codes:
            why = self._wanted.no_production or "a check failed: nothing was brought there"
            run.end("production", "skipped", message=why)
            return
        run.start("production")
        self._announce("production")
        try:
            code = Exit(deploy(self._settings, self._console, yes=self._wanted.is_yes))
            message = None
        except UserError as error:
            code, message = error.exit_code, str(error)
            self._troubles.append(f"{title_of('production')}: {error}")
        outcome = {Exit.DONE: "done", Exit.PARTLY: "partly"}.get(code, "failed")
        run.end("production", outcome, message=message)
        self._codes.append(Exit.PARTLY if code is Exit.NOTHING else code)


def scrape_only(settings: Settings, console: Console, wanted: Wanted, run: RunLog) -> Exit:
    """Only the scrape of one stage; what it collects waits for the next load."""
    from loaders.scraped import scrape_stage

    run.start(wanted.only)
    run.attach(open_database(settings))
    scraped = scrape_stage(wanted.only, settings, console, wanted.limit)
    run.end(wanted.only, scraped.outcome, counts=scraped.counts, message=scraped.message)
    return scraped.code
