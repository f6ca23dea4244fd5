"""The ten stages in order, in any workspace.

    Workspace.load() ──► .build() ──► (.scrape() ──► .load_results() ──► .build()) ──► .verify()
                                  stages 1 to 8                                            9

A stage that fails is reported at the end; a failed build or check leaves production (10) alone.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console

from loaders.errors import Exit, UserError
from playledger.audit.account import Account
from playledger.runs.log import RunLog
from playledger.runs.stages import BY_NAME, title_of
from playledger.sync.options import SyncOptions
from playledger.sync.stage_tracker import StageTracker
from playledger.sync.workspace import StageOutcome, Workspace

logger = logging.getLogger(__name__)

WORST_FIRST = (Exit.INTEGRITY, Exit.LOGIN, Exit.PARTLY, Exit.DONE)


@dataclass(slots=True)
class JobResult:
    """The exit code, the account, how many loaded files were not found, and what went wrong."""

    code: Exit
    account: Account | None = None
    missing_files: int = 0
    problems: list[str] = field(default_factory=list)


class SyncJob:
    """The stages of one run in one workspace; `deploy` is the last, None to leave it out."""

    def __init__(
        self,
        workspace: Workspace,
        console: Console,
        options: SyncOptions,
        log: RunLog,
        deploy: Callable[[], Exit] | None,
    ) -> None:
        self._workspace, self._console, self._options = workspace, console, options
        self._log, self._deploy = log, deploy
        self._tracker = StageTracker(log, console)
        self._codes = [Exit.DONE]
        self._problems: list[str] = []

    def run(self) -> JobResult:
        """Run all stages. Raises UserError when loading or building cannot start."""
        self._announce("parse")
        self._load()
        self._build("")
        for stage in ("sfa", "streams"):
            if stage not in self._options.scrape_stages:
                logger.info("%s: not scraped, since --scrape-%s is not given", stage, stage)
            elif self._tracker.result.is_good:
                self._scrape(stage)
            else:
                logger.info("%s: not scraped, since the build failed", stage)
        self._tracker.end_stages(self._workspace.database, self._workspace.schema)
        account, missing_files = self._verify()
        self._deploy_production()
        code = min(self._codes, key=WORST_FIRST.index)
        return JobResult(code, account, missing_files, self._problems)

    def _announce(self, stage: str) -> None:
        self._console.print(f"{title_of(stage)} ...")

    def _load(self) -> None:
        started = time.monotonic()
        result = self._workspace.load()
        counts = {**result.totals(), "seconds": round(time.monotonic() - started, 3)}
        self._log.note("parse", counts=counts, files=result.names(), load_ids=result.load_ids)

    def _build(self, again: str) -> None:
        self._console.print(f"Building and testing {self._workspace.name}{again} ...")
        self._tracker.build(self._workspace.build)

    def _scrape(self, stage: str) -> None:
        """Scrape for a stage, load the results, and build again if there are any."""
        log, workspace = self._log, self._workspace
        log.note(stage, outcome="running")
        self._console.print(f"{title_of(stage)}: scraping ...")
        scraped = self._attempt(stage, lambda: workspace.scrape(stage))
        loaded = workspace.load_results()
        log.note(
            stage,
            counts=scraped.counts,
            message=scraped.message,
            files=loaded.names(),
            load_ids=loaded.load_ids,
        )
        if loaded.loaded:
            self._build(" with the new results")
        else:
            logger.info("%s: not built again, since the scrape brought no new file", stage)
        log.note(stage, outcome=scraped.outcome)

    def _attempt(self, stage: str, work: Callable[[], StageOutcome]) -> StageOutcome:
        """Do a stage's work; if it did nothing, others did theirs, and the run is partly done."""
        try:
            ended = work()
        except UserError as error:
            ended = StageOutcome(error.exit_code, str(error))
            self._problems.append(f"{title_of(stage)}: {error}")
        self._codes.append(Exit.PARTLY if ended.code is Exit.NOTHING else ended.code)
        return ended

    def _verify(self) -> tuple[Account | None, int]:
        log, tracker = self._log, self._tracker
        if "verification" not in log.records:
            log.start("verification")
        self._announce("verification")
        started = time.monotonic()
        outcome, message, tests = tracker.judge(BY_NAME["verification"])
        account, missing_files = None, 0
        counts = {"tests": tests}
        if tracker.result.is_good:
            account, missing_files = self._workspace.verify()
            counts |= {"checks": len(account.checks), "checks_failed": len(account.failed)}
            if account.failed:
                names = ", ".join(figure.name.strip() for figure in account.failed)
                outcome, message = "failed", f"Failed checks: {names}"
        else:
            outcome = "failed" if outcome == "done" else outcome
            message = message or "The build failed: the ledger was not compared with its files."
            self._problems += ["The build failed:", *tracker.result.failures]
        if outcome != "done":
            self._codes.append(Exit.INTEGRITY)
        log.end(
            "verification",
            outcome,
            seconds=time.monotonic() - started + tracker.seconds["verification"],
            counts=counts,
            message=message,
            dbt_invocation_id=tracker.result.invocation_id,
        )
        return account, missing_files

    def _deploy_production(self) -> None:
        log, deploy = self._log, self._deploy
        if deploy is None or Exit.INTEGRITY in self._codes:
            reason = self._options.skip_production or "a check failed: nothing was deployed"
            logger.info("production: skipped, %s", reason)
            log.end("production", "skipped", message=reason)
            return
        log.start("production")
        self._announce("production")
        ended = self._attempt("production", lambda: StageOutcome(Exit(deploy())))
        log.end("production", ended.outcome, message=ended.message)
