"""The scrape within a run: an outcome, counts, and what to do next.

stage (`sfa`, `streams`) ──► collect() ──► result files, ScrapeOutcome
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from loaders.errors import Exit
from loaders.scrape.options import ScrapeOptions
from loaders.scrape.runner import Ending
from playledger.sync.collect import collect
from playledger.sync.options import HOURS_BETWEEN_SCRAPES, PACE, PAGES
from playledger.sync.workspace import ScrapeOutcome

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.scrape.run_report import Report
    from loaders.settings import Settings


def scrape_stage(
    stage: str, settings: Settings, console: Console, limit: int | None = None, of: str = ""
) -> ScrapeOutcome:
    """Scrape what the ledger lacks, at most `limit` songs or artists; an unfinished list first.

    `of` keeps the lists of a trial apart from those of the ledger.
    Raises UserError without a session or browser, and KeyboardInterrupt when the user stopped it:
    what was collected until then waits for the next load.
    """
    started = time.monotonic()
    options = ScrapeOptions(PAGES, PACE, timedelta(hours=HOURS_BETWEEN_SCRAPES), limit, of=of)
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
        retry = f"`playledger scrape {stage} --retry-failed` retries what failed."
        is_whole = reports[-1].ending == Ending.FINISHED.value
        message = retry if is_whole else reports[-1].next_step
    return ScrapeOutcome(code, counts, message)
