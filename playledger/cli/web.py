"""The command `playledger web`: the ledger in a browser, or a check of pages that run elsewhere.

host, port ──► playledger.web.server ──► pages until Ctrl-C
URL ──► playledger.web.smoke_test ──► a line for each kind of page, exit code 4 if one fails
"""

import click

from loaders.errors import Exit
from loaders.settings import Settings, read_settings
from playledger.cli.exit_codes import exit_code
from playledger.cli.help import examples


@click.command(epilog=examples("web --port 8100", "web --check https://ledger.example.com"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--check", "checked", metavar="URL", help="Check a running site instead.")
@exit_code
def web(host: str, port: int, checked: str | None) -> Exit:
    """Show the ledger in a browser: read-only pages, on this machine unless --host is given.

    Another --host asks visitors for a token: PLAYLEDGER_TOKEN, or a new one that is printed.

    With --check, each kind of page of a running site is opened in a headless browser; exit code 4
    means that one of them fails.
    """

    settings = read_settings()
    if checked:
        return check_pages(checked, settings)
    from loaders.database import open_database
    from playledger.web.server import serve

    serve(open_database(settings), settings, host, port)
    return Exit.DONE


def check_pages(address: str, settings: Settings) -> Exit:
    """Open each kind of page at an address and print a line for each; INTEGRITY if one fails.

    Raises UserError when nothing answers there.
    """
    from playledger.web.smoke_test import check_site

    count = failed = 0
    for page in check_site(address, settings.token, settings.chromium):
        count, failed = count + 1, failed + bool(page.problems)
        verdict = "; ".join(page.problems) or "ok"
        color = "red" if page.problems else None
        click.secho(f"{page.address}  {page.heading}: {verdict}", fg=color)
    if failed:
        click.secho(f"{failed} of {count} kinds of pages failed.", fg="red")
        return Exit.INTEGRITY
    click.echo(f"All {count} kinds of pages passed.")
    return Exit.DONE
