"""The scrape of one stage, as the main job sees it: an answer, counts, and what to do next.

stage (`sfa`, `streams`) ──► playledger.cli.scrape ──► result files, Scraped
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from loaders.errors import Exit
from loaders.scrape.options import ScrapeOptions
from loaders.scrape.runner import Ending
from playledger.cli.scrape import HOURS_BETWEEN_SCRAPES, PACE, PAGES, collect

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.scrape.run_report import Report
    from loaders.settings import Settings


@dataclass(frozen=True, slots=True)
class Scraped:
    """What a scrape came to; `message` says what to do next where it is not done.

    `counts`: songs or artists `scraped` and `not_scraped` in this run, and `seconds`.
    """

    code: Exit
    counts: dict[str, float]
    message: str | None

    @property
    def outcome(self) -> str:
        """As the run log calls it."""
        return {Exit.DONE: "done", Exit.PARTLY: "partly"}.get(self.code, "failed")


def scrape_stage(
    stage: str, settings: Settings, console: Console, limit: int | None = None, of: str = ""
) -> Scraped:
    """Scrape what the ledger lacks, at most `limit` songs or artists; goes on where it stood.

    `of` tells the lists of a trial from those of the ledger.
    Raises UserError when there is no session or browser, KeyboardInterrupt when a person stopped
    it: what was collected until then waits for the next load.
    """
    started = time.monotonic()
    options = ScrapeOptions(PAGES, PACE, timedelta(hours=HOURS_BETWEEN_SCRAPES), limit, scope=of)
    reports: list[Report] = []
    code = collect(settings, console, stage, options, reports.append)
    if any(report.ending == Ending.INTERRUPTED.value for report in reports):
        raise KeyboardInterrupt
    counts = {
        "scraped": sum(report.finished_now for report in reports),
        "not_scraped": sum(report.failed for report in reports),
        "seconds": round(time.monotonic() - started, 3),
    }
    message = None
    if reports and code is not Exit.DONE:
        again = f"`playledger scrape {stage} --retry-failed` tries what failed again."
        is_whole = reports[-1].ending == Ending.FINISHED.value
        message = again if is_whole else reports[-1].next_step
    return Scraped(code, counts, message)
