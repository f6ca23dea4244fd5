"""The commands `playledger login`, `session` and `scrape`: where ledger and scraper meet.

    ledger ──► loaders.needs ──► items ──► loaders.scrape ──► result files ──► the next load

The scraper knows no database, and what asks the database knows no browser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from loaders.told import told

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from loaders.needs import Need
    from loaders.scrape.runner import Collection
    from loaders.scrape.worklist import Item

HOURS_BETWEEN_SCRAPES = 20.0  # a run each night finds all of the night before old enough


def scrape_options(command: Callable) -> Callable:
    """What both collections can be told."""
    options = (
        click.option("--pages", type=click.IntRange(1, 8), default=4, help="Pages at once."),
        click.option(
            "--pace", type=click.FloatRange(min=1), default=240.0, help="Pages a minute, at most."
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
        click.option("--list", "is_list", is_flag=True, help="Print the list, open nothing."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"show_default": True})
def scrape() -> None:
    """Collect SFA URLs and streams from Spotify for Artists; goes on where it stood."""


@scrape.command()
@scrape_options
@told
def streams(**options: object) -> Exit:
    """Read playlists and streams of every active or complete campaign's song with an SFA URL."""
    from loaders.needs import songs_to_scrape
    from loaders.scrape.streams import Streams, items_of

    return _scrape(Streams(), songs_to_scrape, items_of, **options)


@scrape.command()
@scrape_options
@told
def sfa(**options: object) -> Exit:
    """Find the SFA URL of every active or complete campaign without one, artist by artist."""
    from loaders.needs import campaigns_without_sfa_url
    from loaders.scrape.sfa import Sfa, items_of

    return _scrape(Sfa(), campaigns_without_sfa_url, items_of, **options)


@click.command()
@told
def login() -> Exit:
    """Log in to Spotify for Artists in a window; the session is saved, never the password."""
    import asyncio

    from loaders.config import read_settings
    from loaders.scrape.login import log_in
    from loaders.terminal import console

    asyncio.run(log_in(read_settings(), console()))
    return Exit.DONE


@click.command()
@told
def session() -> Exit:
    """Say whether the saved log-in still holds; exit 3 when a new one is needed."""
    import asyncio

    from loaders.config import read_settings
    from loaders.scrape.login import check_session
    from loaders.terminal import console

    return asyncio.run(check_session(read_settings(), console()))


def _scrape(
    collection: Collection,
    find_needs: Callable[[connection, str], list[Need]],
    items_of: Callable[[list[Need]], list[Item]],
    *,
    max_age: float,
    only: tuple[str, ...],
    **options: object,
) -> Exit:
    from datetime import timedelta

    from loaders import needs
    from loaders.config import read_settings
    from loaders.database import open_database
    from loaders.scrape.command import scrape as run
    from loaders.scrape.wish import Wish
    from loaders.terminal import console

    settings = read_settings()
    wish = Wish(max_age=timedelta(hours=max_age), only=only, **options)

    def items() -> list[Item]:
        with open_database(settings).connect() as opened:
            found = find_needs(opened, settings.schema)
        wanted = [need for text in only for need in needs.only(found, text)] or found
        if nameless := [need for need in wanted if isinstance(need, dict) and not need["artist"]]:
            console().print(
                f"Campaigns without an artist (`Artist - Song`), which cannot be searched for: "
                f"{len(nameless)}; the first: {nameless[0]['campaign']}",
                markup=False,
            )
        return items_of(wanted)

    return run(settings, console(), collection, wish, items)
