"""The command `playledger web`: pages of the ledger to look at, until Ctrl-C.

host, port ──► playledger.web ──► pages on loopback, or elsewhere for those who know the token
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples

if TYPE_CHECKING:
    from loaders.settings import Settings


@click.command(epilog=examples("web --port 8100", "web --check https://ledger.example.com"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--check", "checked", metavar="URL", help="Only look at the pages that run there.")
@exit_code
def web(host: str, port: int, checked: str | None) -> Exit:
    """Show the ledger in a browser: read-only pages, on this machine unless told otherwise.

    Another --host asks everybody for a token: PLAYLEDGER_TOKEN, or one that is made and printed.

    With --check, each kind of page of a running site is opened in a headless browser; exit 4 when
    one is not as it must be.
    """
    from loaders.settings import read_settings

    settings = read_settings()
    if checked:
        return check_pages(checked, settings)
    from loaders.database import open_database
    from playledger.web.server import serve

    serve(open_database(settings), settings, host, port)
    return Exit.DONE


def check_pages(address: str, settings: Settings) -> Exit:
    """Open each kind of page at an address, print what was seen, and answer 4 if anything is wrong.

    Raises UserError when nothing answers there.
    """
    from playledger.web.smoke_test import check_site

    count = wrong = 0
    for seen in check_site(address, settings.token, settings.chromium):
        count, wrong = count + 1, wrong + bool(seen.wrong)
        verdict = "; ".join(seen.wrong) or "ok"
        click.secho(f"{seen.address}  {seen.heading}: {verdict}", fg="red" if seen.wrong else None)
    if wrong:
        click.secho(f"{wrong} of {count} kinds of pages are not as they must be.", fg="red")
        return Exit.INTEGRITY
    click.echo(f"All {count} kinds of pages are as they must be.")
    return Exit.DONE
