"""The commands `playledger login`, `session` and `scrape`: where ledger and scraper meet.

    ledger ──► playledger.sync.scrape_targets ──► items ──► loaders.scrape ──► result files ──► the next load

`collect()` is what the main job calls for the same.

The scraper knows no database, and what asks the database knows no browser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.scrape.options import ScrapeOptions
    from loaders.scrape.run_report import Report
    from loaders.scrape.worklist import Item
    from loaders.settings import Settings

HOURS_BETWEEN_SCRAPES = 20.0  # a run each night finds all of the night before old enough
PAGES = 4  # at once
PACE = 240.0  # pages a minute, at most


def scrape_options(command: Callable) -> Callable:
    """What both collections can be told."""
    options = (
        click.option("--pages", type=click.IntRange(1, 8), default=PAGES, help="Pages at once."),
        click.option(
            "--pace", type=click.FloatRange(min=1), default=PACE, help="Pages a minute, at most."
        ),
        click.option(
            "--max-age",
            type=click.FloatRange(min=0),
            default=HOURS_BETWEEN_SCRAPES,
            metavar="HOURS",
            help="Leave out what was asked for in the last hours.",
        ),
        click.option("--limit", type=click.IntRange(min=1), help="At most so many."),
        click.option(
            "--only", multiple=True, metavar="NAME", help="A campaign (name or id) or a track id."
        ),
        click.option("--retry-failed", is_flag=True, help="Try the last run's failures again."),
        click.option("--restart", is_flag=True, help="Leave an unfinished run, begin anew."),
        click.option("--list", "list_only", is_flag=True, help="Print the list, open nothing."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"show_default": True})
def scrape() -> None:
    """Collect SFA URLs and streams from Spotify for Artists; goes on where it stood."""


@scrape.command()
@scrape_options
@exit_code
def streams(**options: object) -> Exit:
    """Read playlists and streams of every active or complete campaign's song with an SFA URL."""
    return _scrape("streams", **options)


@scrape.command()
@scrape_options
@exit_code
def sfa(**options: object) -> Exit:
    """Find the SFA URL of every active or complete campaign without one, artist by artist."""
    return _scrape("sfa", **options)


@click.command()
@exit_code
def login() -> Exit:
    """Log in to Spotify for Artists in a window; the session is saved, never the password."""
    import asyncio

    from loaders.scrape.login import log_in
    from loaders.settings import read_settings
    from playledger.console.terminal import console

    asyncio.run(log_in(read_settings(), console()))
    return Exit.DONE


@click.command()
@exit_code
def session() -> Exit:
    """Say whether the saved log-in still holds; exit 3 when a new one is needed."""
    import asyncio

    from loaders.scrape.login import check_session
    from loaders.settings import read_settings
    from playledger.console.terminal import console

    return asyncio.run(check_session(read_settings(), console()))


def collect(
    settings: Settings,
    console: Console,
    kind: str,
    options: ScrapeOptions,
    on_report: Callable[[Report], None] | None = None,
) -> Exit:
    """Collect what the ledger lacks: `sfa` (SFA URLs) or `streams`.

    `on_report` gets what came of it, unless there was nothing to scrape. Raises UserError when
    there is no ledger, session or browser, or another such run is on.
    """
    from loaders.database import open_database
    from loaders.scrape import sfa_collection, streams_collection
    from loaders.scrape.run import scrape as run
    from playledger.sync import scrape_targets

    collection, find_needs, items_of = {
        "sfa": (
            sfa_collection.SfaCollection,
            scrape_targets.campaigns_without_sfa_url,
            sfa_collection.make_items,
        ),
        "streams": (
            streams_collection.StreamsCollection,
            scrape_targets.songs_to_scrape,
            streams_collection.make_items,
        ),
    }[kind]

    def items() -> list[Item]:
        with open_database(settings).connect() as conn:
            found = find_needs(conn, settings.schema)
        wanted = [
            need for text in options.only for need in scrape_targets.only(found, text)
        ] or found
        if nameless := [need for need in wanted if isinstance(need, dict) and not need["artist"]]:
            console.print(
                f"Campaigns without an artist (`Artist - Song`), which cannot be searched for: "
                f"{len(nameless)}; the first: {nameless[0]['campaign']}",
                markup=False,
            )
        return items_of(wanted)

    return run(settings, console, collection(), options, items, on_report)


def _scrape(kind: str, *, max_age: float, only: tuple[str, ...], **options: object) -> Exit:
    from datetime import timedelta

    from loaders.scrape.options import ScrapeOptions
    from loaders.settings import read_settings
    from playledger.console.terminal import console

    options = ScrapeOptions(max_age=timedelta(hours=max_age), only=only, **options)
    return collect(read_settings(), console(), kind, options)
