"""The commands `playledger login`, `session` and `scrape`.

options ──► ScrapeOptions ──► playledger.sync.collect ──► result files, exit code
"""

from datetime import timedelta

import click

from loaders.errors import Exit
from loaders.settings import read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples
from playledger.sync.options import HOURS_BETWEEN_SCRAPES, PACE, PAGES


@click.command(epilog=examples("login"))
@exit_code
def login() -> Exit:
    """Log in to Spotify for Artists in a window.

    The session is saved, never the password.
    """
    import asyncio

    from loaders.scrape.login import log_in
    from playledger.console.terminal import console

    asyncio.run(log_in(read_settings(), console()))
    return Exit.DONE


@click.command(epilog=examples("session"))
@exit_code
def session() -> Exit:
    """Check the saved session; exit 3 when a new log-in is needed."""
    import asyncio

    from loaders.scrape.login import check_session
    from playledger.console.terminal import console

    return asyncio.run(check_session(read_settings(), console()))


@click.command(
    context_settings={"show_default": True},
    epilog=examples("scrape sfa --limit 24", "scrape streams --only 'Ada - Night Drive'"),
)
@click.argument("kind", type=click.Choice(["sfa", "streams"]))
@click.option("--pages", type=click.IntRange(1, 8), default=PAGES, help="Pages open at once.")
@click.option(
    "--pace", type=click.FloatRange(min=1), default=PACE, help="At most so many pages a minute."
)
@click.option(
    "--max-age", type=click.FloatRange(min=0), default=HOURS_BETWEEN_SCRAPES, metavar="HOURS",
    help="Skip what was scraped in the last HOURS.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option(
    "--only", multiple=True, metavar="NAME", help="A campaign (name or id) or a track id."
)
@click.option("--retry-failed", is_flag=True, help="Retry the failures of the last run.")
@click.option("--restart", is_flag=True, help="Start over instead of resuming a run.")
@click.option("--list", "list_only", is_flag=True, help="Print the list, scrape nothing.")
@exit_code
def scrape(kind: str, max_age: float, **options: object) -> Exit:
    """Collect SFA URLs or streams from Spotify for Artists.

    `sfa` finds the SFA URL of every active or complete campaign without one, artist by artist;
    `streams` collects the streams of every song with an SFA URL of such a campaign. A run that was
    stopped is resumed by the same command.
    """
    from loaders.scrape.options import ScrapeOptions
    from playledger.console.terminal import console
    from playledger.sync.collect import collect

    options = ScrapeOptions(max_age=timedelta(hours=max_age), **options)
    return collect(read_settings(), console(), kind, options)
