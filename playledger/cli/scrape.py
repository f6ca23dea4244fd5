"""The commands `playledger login`, `session` and `scrape`.

options ──► ScrapeOptions ──► playledger.sync.collect ──► result files, exit code
"""

from __future__ import annotations

from collections.abc import Callable

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.sync.options import HOURS_BETWEEN_SCRAPES, PACE, PAGES


def scrape_options(command: Callable) -> Callable:
    """The options of both collections."""
    options = (
        click.option(
            "--pages", type=click.IntRange(1, 8), default=PAGES, help="Pages open at once."
        ),
        click.option(
            "--pace", type=click.FloatRange(min=1), default=PACE, help="At most so many pages a "
            "minute.",
        ),
        click.option(
            "--max-age",
            type=click.FloatRange(min=0),
            default=HOURS_BETWEEN_SCRAPES,
            metavar="HOURS",
            help="Skip what was scraped in the last HOURS.",
        ),
        click.option("--limit", type=click.IntRange(min=1), help="At most so many."),
        click.option(
            "--only", multiple=True, metavar="NAME", help="A campaign (name or id) or a track id."
        ),
        click.option("--retry-failed", is_flag=True, help="Retry the failures of the last run."),
        click.option("--restart", is_flag=True, help="Start over instead of resuming a run."),
        click.option("--list", "is_list", is_flag=True, help="Print the list, scrape nothing."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"show_default": True}, epilog=examples("scrape sfa --list"))
def scrape() -> None:
    """Collect SFA URLs and streams from Spotify for Artists.

    A run that was stopped is resumed by the same command.
    """


@scrape.command(epilog=examples("scrape streams", "scrape streams --only 'Ada - Night Drive'"))
@scrape_options
@exit_code
def streams(**options: object) -> Exit:
    """Collect the streams of every active or complete campaign's song with an SFA URL."""
    return _collect("streams", **options)


@scrape.command(epilog=examples("scrape sfa --limit 24", "scrape sfa --retry-failed"))
@scrape_options
@exit_code
def sfa(**options: object) -> Exit:
    """Find the SFA URL of every active or complete campaign without one, artist by artist."""
    return _collect("sfa", **options)


@click.command(epilog=examples("login"))
@exit_code
def login() -> Exit:
    """Log in to Spotify for Artists in a window.

    The session is saved, never the password.
    """
    import asyncio

    from loaders.scrape.login import log_in
    from loaders.settings import read_settings
    from playledger.console.terminal import console

    asyncio.run(log_in(read_settings(), console()))
    return Exit.DONE


@click.command(epilog=examples("session"))
@exit_code
def session() -> Exit:
    """Check the saved session; exit 3 when a new log-in is needed."""
    import asyncio

    from loaders.scrape.login import check_session
    from loaders.settings import read_settings
    from playledger.console.terminal import console

    return asyncio.run(check_session(read_settings(), console()))


def _collect(kind: str, *, max_age: float, only: tuple[str, ...], **options: object) -> Exit:
    from datetime import timedelta

    from loaders.scrape.options import ScrapeOptions
    from loaders.settings import read_settings
    from playledger.console.terminal import console
    from playledger.sync.collect import collect

    options = ScrapeOptions(max_age=timedelta(hours=max_age), only=only, **options)
    return collect(read_settings(), console(), kind, options)
