"""Where ledger and scraper meet: what the ledger lacks is scraped.

    ledger ──► scrape_targets ──► items ──► loaders.scrape ──► result files ──► the next load

The scraper knows no database, and `scrape_targets` knows no browser.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from rich.console import Console

from loaders.database import open_database
from loaders.errors import Exit
from loaders.scrape import sfa_collection as sfa
from loaders.scrape import streams_collection as streams
from loaders.scrape.options import ScrapeOptions
from loaders.scrape.run import scrape
from loaders.scrape.run_report import Report
from loaders.scrape.runner import Ending
from loaders.scrape.worklist import Item
from loaders.settings import Settings
from playledger.sync.options import HOURS_BETWEEN_SCRAPES, PACE, PAGES
from playledger.sync.scrape_targets import (
    campaigns_without_sfa_url,
    select_targets,
    songs_to_scrape,
)
from playledger.sync.workspace import StageOutcome

COLLECTIONS = {
    "sfa": (sfa.SfaCollection, campaigns_without_sfa_url, sfa.make_items),
    "streams": (streams.StreamsCollection, songs_to_scrape, streams.make_items),
}


def collect(
    settings: Settings,
    console: Console,
    kind: str,
    options: ScrapeOptions,
    on_report: Callable[[Report], None] | None = None,
) -> Exit:
    """Collect what the ledger lacks: `sfa` (SFA URLs) or `streams`.

    `on_report` gets the report, unless there was nothing to scrape. Raises UserError without a
    ledger, session or browser, or when another such run is in progress.
    """
    collection, find_targets, make_items = COLLECTIONS[kind]

    def find_items() -> list[Item]:
        with open_database(settings).connect() as conn:
            targets = find_targets(conn, settings.schema)
        if options.only:
            targets = [one for text in options.only for one in select_targets(targets, text)]
        if nameless := [one for one in targets if isinstance(one, dict) and not one["artist"]]:
            console.print(
                f"Campaigns without an artist (`Artist - Song`), which cannot be searched for: "
                f"{len(nameless)}; the first: {nameless[0]['campaign']}",
                markup=False,
            )
        return make_items(targets)

    return scrape(settings, console, collection(), options, find_items, on_report)


def scrape_stage(
    stage: str, settings: Settings, console: Console, limit: int | None = None, of: str = ""
) -> StageOutcome:
    """Scrape for a stage what the ledger lacks, at most `limit` songs or artists; an unfinished
    list first.

    `of` keeps the lists of a trial apart from those of the ledger.
    Raises UserError without a session or browser, and KeyboardInterrupt when the user stopped it:
    what was collected until then waits for the next load.
    """
    started = time.monotonic()
    options = ScrapeOptions(PAGES, PACE, timedelta(hours=HOURS_BETWEEN_SCRAPES), limit, scope=of)
    reports: list[Report] = []
    code = collect(settings, console, stage, options, reports.append)
    counts = {
        "scraped": sum(report.finished_now for report in reports),
        "not_scraped": sum(report.failed for report in reports),
        "seconds": round(time.monotonic() - started, 3),
    }
    message = None
    for report in reports:  # none, or one
        if report.ending == Ending.INTERRUPTED.value:
            raise KeyboardInterrupt
        if report.ending != Ending.FINISHED.value:
            message = report.next_step
        elif code is not Exit.DONE:
            message = f"`playledger scrape {stage} --retry-failed` retries what failed."
    return StageOutcome(code, message, counts)
