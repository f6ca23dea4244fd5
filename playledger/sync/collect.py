"""Where ledger and scraper meet: what the ledger lacks is scraped.

    ledger ──► scrape_targets ──► items ──► loaders.scrape ──► result files ──► the next load

The scraper knows no database, and `scrape_targets` knows no browser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.database import open_database
from loaders.scrape import sfa_collection, streams_collection
from loaders.scrape.run import scrape
from playledger.sync.scrape_targets import (
    campaigns_without_sfa_url,
    select_targets,
    songs_to_scrape,
)

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.errors import Exit
    from loaders.scrape.options import ScrapeOptions
    from loaders.scrape.run_report import Report
    from loaders.scrape.worklist import Item
    from loaders.settings import Settings

COLLECTIONS = {
    "sfa": (sfa_collection.Sfa, campaigns_without_sfa_url, sfa_collection.items_of),
    "streams": (streams_collection.Streams, songs_to_scrape, streams_collection.items_of),
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
    collection, find_targets, items_of = COLLECTIONS[kind]

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
        return items_of(targets)

    return scrape(settings, console, collection(), options, find_items, on_report)
